import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientNetwork } from './client-network';
import { LoadShedder } from './load-shedder';
import { requestId } from './request-id';
import { RequestRecorder } from './request-recorder';
import type { RouteTable } from './route-table';
import { traceId } from './trace-id';

const withHeaders = (headers: object): IncomingMessage => ({ headers }) as IncomingMessage;

describe(requestId.name, () => {
  test.each(['mine', 'a.B:c_d-9', 'x'.repeat(128)])("keeps the client's own: %s", (id) => {
    expect(requestId(withHeaders({ 'x-request-id': id }))).toBe(id);
  });

  test.each(['', 'a b', 'a"b', 'a\nb', 'é', 'x'.repeat(129), ['a', 'b'], undefined])(
    'makes one in place of %j',
    (id) => {
      expect(requestId(withHeaders({ 'x-request-id': id }))).toMatch(/^[\da-f-]{36}-\d+$/);
    },
  );

  test('makes a new one each time', () => {
    expect(requestId()).not.toBe(requestId());
  });
});

describe(clientNetwork.name, () => {
  test.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ])('%s is of %s', (address, network) => expect(clientNetwork(address)).toBe(network));
});

describe(traceId.name, () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  test.each([
    [`00-${trace}-00f067aa0ba902b7-01`, trace],
    [`00-${trace.toUpperCase()}-00f067aa0ba902b7-01`, undefined],
    [`00-${trace}-00f067aa0ba902b7-01-more`, undefined],
    ['nonsense', undefined],
    [undefined, undefined],
  ])('%s', (traceparent, id) => expect(traceId(withHeaders({ traceparent }))).toBe(id));
});

describe(LoadShedder.name, () => {
  test('lets as many in at once as allowed, and others when they have left', () => {
    const shedder = new LoadShedder(2);
    expect([shedder.enter(), shedder.enter(), shedder.enter()]).toEqual([true, true, false]);
    shedder.leave();
    expect(shedder.enter()).toBe(false);
    shedder.leave();
    shedder.leave();
    expect(shedder.enter()).toBe(true);
  });
});

describe(RequestRecorder.name, () => {
  const socket = { remoteAddress: '192.0.2.9' };
  const request = (method: string): IncomingMessage =>
    ({ method, headers: {}, socket, ip: '192.0.2.9' }) as unknown as IncomingMessage;
  const response = (statusCode: number, writableFinished = true): ServerResponse =>
    ({ statusCode, writableFinished }) as ServerResponse;

  function recorded(label: string, isWarmingUp = false) {
    const lines: object[] = [];
    const outcomes: object[] = [];
    const routes = {
      unmatched: 'unmatched',
      labelOf: () => label,
      isProbe: (route: string) => route === '/probe',
    } as unknown as RouteTable;
    const recorder = new RequestRecorder(
      routes,
      (line) => lines.push(line),
      (outcome) => outcomes.push(outcome),
      () => isWarmingUp,
    );
    return { recorder, lines, outcomes };
  }

  test('one line and one outcome, without the address', () => {
    const { recorder, lines, outcomes } = recorded('/predict');
    recorder.record(request('POST'), response(200), 'id', 1.23456);
    expect(outcomes).toEqual([
      { method: 'POST', route: '/predict', status: 200, seconds: 0.00123456 },
    ]);
    expect(lines).toEqual([
      {
        requestId: 'id',
        method: 'POST',
        route: '/predict',
        status: 200,
        ms: 1.235,
        client: '192.0.2.0/24',
        traceId: undefined,
      },
    ]);
  });

  test('a probe is measured but not logged; a warm-up is neither', () => {
    const probe = recorded('/probe');
    probe.recorder.record(request('GET'), response(200), 'id', 1);
    expect([probe.lines, probe.outcomes.length]).toEqual([[], 1]);
    const warm = recorded('/predict', true);
    warm.recorder.record(request('POST'), response(200), 'id', 1);
    expect([warm.lines, warm.outcomes]).toEqual([[], []]);
  });

  test('499 for a client that went away, OTHER for a method that is none', () => {
    const { recorder, outcomes } = recorded('/predict');
    recorder.record(request('BREW'), response(200, false), 'id', 1);
    expect(outcomes).toMatchObject([{ method: 'OTHER', status: 499 }]);
  });
});
