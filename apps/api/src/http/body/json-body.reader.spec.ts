import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import express from 'express';
import fc from 'fast-check';
import { bodyText } from '../../../../../test/support/body-arbitraries';
import { exchange } from '../../../../../test/support/raw-http';
import { SETOSA } from '../../../../../test/support/setosa';
import { ProblemException } from '../errors/problem.exception';
import { FastJsonBodyReader } from '../fast-path/fast-json-body.reader';
import { duplicateKeys } from './duplicate-keys';
import { JsonBodyReader } from './json-body.reader';

jest.setTimeout(60_000);

const SEED = 20261123;
const VALID = JSON.stringify(SETOSA);

describe.each([JsonBodyReader, FastJsonBodyReader])(
  '%p against the parser of Express',
  (Reader) => {
    const LIMIT_BYTES = 2048;
    interface Read {
      readonly value?: unknown;
      readonly refused: boolean;
    }
    let server: Server;
    let port: number;
    const reads = new Map<string, Read>();

    beforeAll(async () => {
      const reader = new Reader();
      const parse = express.json({ strict: false, limit: LIMIT_BYTES });
      server = createServer((request, response) => {
        const done = (read: Read): void => {
          reads.set(request.url!, read);
          response.setHeader('Connection', 'close');
          response.end('{}');
        };
        if (request.url === '/ours') {
          reader.read(request, LIMIT_BYTES).then(
            (value) => done({ value, refused: false }),
            (error: unknown) => {
              if (!(error instanceof ProblemException)) throw error;
              done({ refused: true });
            },
          );
        } else {
          parse(request as express.Request, response as express.Response, (error?: unknown) => {
            const { body } = request as express.Request;
            done({ value: body as unknown, refused: error !== undefined || body === undefined });
          });
        }
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    async function both(
      body: Uint8Array,
      headers: Readonly<Record<string, string>>,
      chunked: boolean,
    ): Promise<{ ours: Read; theirs: Read }> {
      reads.clear();
      const framed = chunked
        ? Buffer.concat([...chunksOf(body), Buffer.from('0\r\n\r\n')])
        : Buffer.from(body);
      const { 'Content-Length': _, ...rest } = { 'Content-Length': '', ...headers };
      const framing: Record<string, string> = chunked
        ? { 'Transfer-Encoding': 'chunked' }
        : { 'Content-Length': String(body.length) };
      const lines = Object.entries({ Host: 'x', ...framing, ...rest }).map(
        ([k, v]) => `${k}: ${v}\r\n`,
      );
      await Promise.all(
        ['/ours', '/theirs'].map((path) => {
          const head = Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
          return exchange(port, Buffer.concat([head, framed]), { patienceMs: 5_000 });
        }),
      );
      return { ours: reads.get('/ours')!, theirs: reads.get('/theirs')! };
    }

    function chunksOf(body: Uint8Array): Buffer[] {
      const chunks: Buffer[] = [];
      for (let start = 0; start < body.length; start += 300) {
        const part = body.subarray(start, start + 300);
        chunks.push(
          Buffer.from(`${part.length.toString(16)}\r\n`),
          Buffer.from(part),
          Buffer.from('\r\n'),
        );
      }
      return chunks;
    }

    const bytes = fc.oneof(
      { weight: 6, arbitrary: bodyText.map((text) => Buffer.from(text)) },
      { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(`\ufeff${text}`)) },
      { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(` \t\r\n${text}\n `)) },
      { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(text.slice(0, -1))) },
      { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(text, 'latin1')) },
      { weight: 1, arbitrary: bodyText.map((text) => Buffer.from(text, 'utf16le')) },
      { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 200 }) },
      {
        weight: 1,
        arbitrary: fc
          .integer({ min: LIMIT_BYTES - 2, max: LIMIT_BYTES + 2 })
          .map((length) => Buffer.from('1'.padEnd(length))),
      },
      {
        weight: 1,
        arbitrary: fc
          .string({ unit: 'binary', maxLength: 80 })
          .map((text) => Buffer.from(JSON.stringify(text))),
      },
    );

    test('reads the same values, and refuses the same bodies', async () => {
      const type = fc.constantFrom(
        'application/json',
        'application/json; charset=utf-8',
        'application/json;charset=UTF-8',
        'Application/JSON; charset="utf-8"',
      );
      const encoding = fc.constantFrom<Record<string, string>>(
        {},
        {},
        { 'Content-Encoding': 'identity' },
      );
      let values = 0;
      await fc.assert(
        fc.asyncProperty(
          bytes,
          type,
          encoding,
          fc.boolean(),
          async (body, contentType, headers, chunked) => {
            const { ours, theirs } = await both(
              body,
              { 'Content-Type': contentType, ...headers },
              chunked,
            );
            const repeats = !theirs.refused && duplicateKeys(body.toString()).length > 0;
            expect(ours.refused).toBe(theirs.refused || repeats);
            const expected = ours.refused ? undefined : theirs.value;
            expect(isDeepStrictEqual(ours.value, expected)).toBe(true);
            if (!ours.refused) values += 1;
          },
        ),
        { seed: SEED, numRuns: 300 },
      );
      expect(values).toBeGreaterThan(60);
      expect(values).toBeLessThan(280);
    });

    test('a body without a byte is none here, and {} there; both are refused in the end', async () => {
      for (const chunked of [false, true]) {
        const { ours, theirs } = await both(
          Buffer.alloc(0),
          { 'Content-Type': 'application/json' },
          chunked,
        );
        expect([ours, theirs]).toEqual([
          { value: undefined, refused: false },
          { value: {}, refused: false },
        ]);
      }
    });

    test.each([
      ['compression', { 'Content-Encoding': 'gzip' }, gzipSync(VALID)],
      [
        'another charset',
        { 'Content-Type': 'application/json; charset=utf-16' },
        Buffer.from(VALID, 'utf16le'),
      ],
      [
        'another charset and another parameter',
        { 'Content-Type': 'application/json; v=1; charset="utf-16le"' },
        Buffer.from(VALID, 'utf16le'),
      ],
    ])('is stricter about %s', async (_, headers, body) => {
      const { ours, theirs } = await both(
        body,
        { 'Content-Type': 'application/json', ...headers },
        false,
      );
      expect(theirs).toEqual({ value: SETOSA, refused: false });
      expect(ours.refused).toBe(true);
    });

    test('takes no content type that it should not', async () => {
      const parts = fc.constantFrom(
        'application',
        '/',
        'json',
        'text',
        'plain',
        '; ',
        ';',
        ' ',
        'charset',
        '=',
        '"',
        'utf-8',
        'utf8',
        'utf-16',
        'UTF-8',
        'latin1',
        '+json',
        ',',
        '*',
        'x',
        '\t',
      );
      const near = fc.oneof(
        fc.array(parts, { maxLength: 8 }).map((list) => list.join('')),
        fc.array(parts, { maxLength: 5 }).map((list) => `application/json${list.join('')}`),
      );
      await fc.assert(
        fc.asyncProperty(near, async (contentType) => {
          const { ours, theirs } = await both(
            Buffer.from(VALID),
            { 'Content-Type': contentType },
            false,
          );
          // Express does not know this name of UTF-8.
          if (/charset="?utf8"?/i.test(contentType)) return;
          if (!ours.refused)
            expect([contentType, theirs]).toEqual([contentType, { value: SETOSA, refused: false }]);
        }),
        { seed: SEED, numRuns: 200 },
      );
    });
  },
);
