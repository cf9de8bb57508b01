import express, { type Request, type Response } from 'express';
import fc from 'fast-check';
import { Shortcuts } from './shortcuts';

/** In the order in which a server registers them; the last two are never met. */
const ROUTES = [
  '/predict',
  '/models/:name/predict',
  '/models/:name/versions/:version/predict',
  '/models/:name/predict/batch',
  '/v1/models/:model',
  '/v1/models/iris',
  '/:any/*rest',
];

describe(Shortcuts.name, () => {
  const shortcuts = new Shortcuts<string>();
  const server = express();
  let met: object | undefined;
  for (const path of ROUTES) {
    shortcuts.add(path, path);
    server.post(path, (request: Request) => {
      const params = Object.fromEntries(Object.entries(request.params));
      met = { path: (request.route as { path: string }).path, handler: path, params };
    });
  }

  /** What Express makes of a path; its router needs no more of a request. */
  const expressed = (url: string): object | undefined => {
    met = undefined;
    const request = { url, method: 'POST', headers: {} } as Request;
    server(request, { setHeader: () => undefined } as unknown as Response, () => undefined);
    return met;
  };

  test.each([
    ['/predict', '/predict', {}],
    ['/models/iris/predict', '/models/:name/predict', { name: 'iris' }],
    [
      '/models/a.b-c_d/versions/1.0.0~rc/predict',
      '/models/:name/versions/:version/predict',
      { name: 'a.b-c_d', version: '1.0.0~rc' },
    ],
    ['/v1/models/iris:predict', '/v1/models/:model', { model: 'iris:predict' }],
    ['/v1/models/iris', '/v1/models/:model', { model: 'iris' }],
  ])('%s leads to %s', (path, route, params) => {
    const found = shortcuts.find(path)!;
    expect(found).toMatchObject({ path: route, handler: route });
    expect({ ...found.params }).toEqual(params);
    expect(expressed(path)).toEqual({ path: route, handler: route, params });
  });

  test.each([
    '/predict/',
    '/predict?a',
    '/Predict',
    '/models//predict',
    '/models/a%20b/predict',
    '/models/a/b/predict',
    '/models/é/predict',
    '/models/iris/predict/',
    '//models/iris/predict',
    '/nowhere',
  ])('%s is left to Express', (path) => {
    expect(shortcuts.find(path)).toBeUndefined();
  });

  test('a route gets another handler, and one that is not there does not', () => {
    const own = new Shortcuts<string>();
    for (const path of ['/a', '/:b/c']) {
      own.add(path, 'first');
      own.replace(path, 'second');
    }
    expect(own.find('/a')).toEqual({ path: '/a', handler: 'second', params: {} });
    expect(own.find('/x/c')).toMatchObject({ path: '/:b/c', handler: 'second' });
    expect(() => own.replace('/c', 'second')).toThrow('No route /c');
  });

  test('agrees with Express wherever it finds a route', () => {
    const part = fc.oneof(
      fc.constantFrom('models', 'predict', 'versions', 'batch', 'v1', 'iris', 'iris:predict'),
      fc.constantFrom('', '.', '..', '%61', '%2F', 'a?b', 'a;b', '__proto__', 'Models', 'a#b'),
      fc.string({ unit: 'binary-ascii', maxLength: 3 }),
    );
    let found = 0;
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const path = `/${parts.join('/')}`;
        const shortcut = shortcuts.find(path);
        if (!shortcut) return;
        found += 1;
        expect({ ...shortcut, params: { ...shortcut.params } }).toEqual(expressed(path));
      }),
      { seed: 20261126, numRuns: 20_000 },
    );
    expect(found).toBeGreaterThan(50);
  });
});
