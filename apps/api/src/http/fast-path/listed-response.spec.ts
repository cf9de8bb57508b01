import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { ListedResponse } from './listed-response';

type Answer = (response: ServerResponse) => void;

const JSON_HEAD = { 'Content-Type': 'application/json', 'Content-Length': 2 };

/** Ways in which code writes an answer. */
const ANSWERS: readonly (readonly [string, Answer])[] = [
  [
    'fields and a head',
    (response) => {
      response.setHeader('X-Request-Id', 'a');
      response.setHeader('X-RateLimit-Limit', 10);
      response.writeHead(200, JSON_HEAD).end('{}');
    },
  ],
  [
    'a field that is set again in another case, and again in the head',
    (response) => {
      response.setHeader('Retry-After', 1);
      response.setHeader('retry-after', 2);
      response.setHeader('content-type', 'text/plain');
      response.writeHead(429, JSON_HEAD).end('{}');
    },
  ],
  ['no head at all', (response) => response.setHeader('X-A', 'b').end('text')],
  ['nothing but an end', (response) => response.end()],
  [
    'a reason',
    (response) => response.setHeader('X-A', 'b').writeHead(200, 'Fine', JSON_HEAD).end('{}'),
  ],
  ['a list', (response) => response.setHeader('X-A', 'b').writeHead(200, ['X-B', 'c']).end('{}')],
  ['several values', (response) => response.setHeader('Set-Cookie', ['a=1', 'b=2']).end('{}')],
  [
    'several values after one',
    (response) => {
      response.setHeader('Vary', 'Accept');
      response.appendHeader('Vary', 'Origin');
      response.writeHead(200, { Link: ['<a>', '<b>'] }).end('{}');
    },
  ],
  [
    'a field that is removed, and looks at the others',
    (response) => {
      response.setHeader('X-A', 'b').setHeader('X-C', 3).removeHeader('x-a');
      const seen = [
        response.getHeader('x-c'),
        response.hasHeader('X-A'),
        response.getHeaderNames(),
      ];
      response.end(JSON.stringify([seen, response.getHeaders()]));
    },
  ],
  [
    'a look at a field that is only listed',
    (response) => {
      response.setHeader('X-A', 'b');
      response.end(
        JSON.stringify([response.getHeader('x-a'), response.getHeader('X-None') ?? null]),
      );
    },
  ],
  [
    'chunks',
    (response) => response.setHeader('X-A', 'b') && response.write('1') && response.end('2'),
  ],
  ['a status without a body', (response) => response.setHeader('X-A', 'b').writeHead(204).end()],
  ['the end of the connection', (response) => response.setHeader('Connection', 'close').end('{}')],
  [
    'a map',
    (response) =>
      response
        .setHeader('X-A', 'b')
        .setHeaders(new Map([['x-b', 'c']]))
        .end('{}'),
  ],
];

/** The bytes that a client gets, without the time. */
async function bytesOf(answer: Answer, type?: typeof ListedResponse): Promise<string> {
  const server = createServer({ ServerResponse: type }, (_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  socket.end('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  await new Promise((resolve) => server.close(resolve));
  return text.replace(/^Date: .*$/m, 'Date:');
}

describe(ListedResponse.name, () => {
  test.each(ANSWERS)('writes %s as Node does', async (_, answer) => {
    const expected = await bytesOf(answer);
    expect(expected).toMatch(/^HTTP\/1\.1 \d+ /);
    expect(await bytesOf(answer, ListedResponse)).toBe(expected);
  });

  test.each([
    ['a name', (response: ServerResponse) => response.setHeader('X A', 'b')],
    ['a value', (response: ServerResponse) => response.setHeader('X-A', 'b\r\nX-B: c')],
  ])('%s that is none never reaches the client', async (_, set) => {
    const error = await bytesOf((response) => {
      try {
        set(response);
        response.writeHead(200, JSON_HEAD);
      } catch (cause) {
        response.socket!.end(String((cause as NodeJS.ErrnoException).code));
      }
    }, ListedResponse);
    expect(error).toMatch(/^ERR_INVALID_(HTTP_TOKEN|CHAR)$/);
  });

  test('takes nothing after the head', async () => {
    const text = await bytesOf((response) => {
      response.writeHead(200, { 'Content-Type': 'text/plain' });
      expect(() => response.setHeader('X-A', 'b')).toThrow('after they are sent');
      expect(() => response.writeHead(200, {})).toThrow('after they are sent');
      response.end('a');
    }, ListedResponse);
    expect(text).toContain('a');
  });
});
