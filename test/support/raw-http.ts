import { connect, type Socket } from 'node:net';

/** One answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a connection gave back until it was over. */
export interface RawExchange {
  /** Final answers; `100 Continue` and its like are not among them. */
  readonly answers: readonly RawAnswer[];
  /** Everything that was received. */
  readonly text: string;
  /** Whether the server ended the connection, rather than this client for want of anything more. */
  readonly closedByServer: boolean;
  /** `ECONNRESET` and its like. */
  readonly error?: string;
  readonly ms: number;
}

export interface RawOptions {
  /** After so many answers there is nothing to wait for. */
  readonly expect?: number;
  /** Goes away after so much silence: for what no server can answer. */
  readonly patienceMs?: number;
  /** Fails after this: neither an answer nor an end is a hang. */
  readonly boundMs?: number;
}

/** A request with a correct Content-Length, unless a header says otherwise. */
export function rawRequest(
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
  path = '/predict',
  method = 'POST',
): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
  const all: Record<string, string> = {
    Host: 'localhost',
    'Content-Type': 'application/json',
    'Content-Length': String(bytes.length),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}

/**
 * Writes `parts` to a connection of its own, one after another, and resolves once `expect` answers have
 * come or the connection is over.
 * @throws where neither happens in `boundMs`
 */
export function exchange(
  port: number,
  parts: Uint8Array | readonly Uint8Array[],
  { expect: expected = 1, patienceMs = 250, boundMs = 10_000 }: RawOptions = {},
): Promise<RawExchange> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    let error: string | undefined;
    let gaveUp = false;
    const finish = (closedByServer: boolean): void => {
      clearTimeout(bound);
      clearTimeout(silence);
      socket.destroy();
      const ms = performance.now() - started;
      resolve({ answers: parseAnswers(text).answers, text, closedByServer, error, ms });
    };
    const bound = setTimeout(() => {
      socket.destroy();
      clearTimeout(silence);
      reject(new Error(`no answer and no end in ${boundMs} ms; received: ${text.slice(0, 200)}`));
    }, boundMs);
    const giveUp = (): void => {
      gaveUp = true;
      socket.end();
    };
    let silence = setTimeout(giveUp, patienceMs);
    socket.setNoDelay(true);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      clearTimeout(silence);
      const { answers } = parseAnswers(text);
      if (answers.length >= expected) finish(false);
      else silence = setTimeout(giveUp, patienceMs);
    });
    socket.on('error', (cause: NodeJS.ErrnoException) => (error = cause.code ?? cause.message));
    socket.on('close', () => finish(!gaveUp));
    void writeAll(socket, parts instanceof Uint8Array ? [parts] : parts);
  });
}

/** A connection that stays under way: something is sent, and what comes back is collected. */
export function hold(
  port: number,
  bytes: string | Uint8Array,
): { readonly socket: Socket; readonly received: () => string; readonly closed: Promise<number> } {
  const started = performance.now();
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => {
    socket.on('close', () => resolve(performance.now() - started));
  });
  socket.write(bytes);
  return { socket, received: () => text, closed };
}

/** The complete final answers in what was received, and what is left. */
export function parseAnswers(text: string): { answers: RawAnswer[]; rest: string } {
  const answers: RawAnswer[] = [];
  let rest = text;
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end < 0) return { answers, rest };
    const [statusLine = '', ...lines] = rest.slice(0, end).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    const body = bodyOf(rest.slice(end + 4), headers, status);
    if (body === undefined) return { answers, rest };
    if (status >= 200) answers.push({ status, headers, body: fromLatin1(body.text) });
    rest = rest.slice(end + 4 + body.length);
  }
}

function bodyOf(
  text: string,
  headers: Readonly<Record<string, string>>,
  status: number,
): { text: string; length: number } | undefined {
  if (status < 200 || status === 204 || status === 304) return { text: '', length: 0 };
  if (headers['transfer-encoding'] === 'chunked') {
    const end = text.indexOf('0\r\n\r\n');
    return end < 0 ? undefined : { text: text.slice(0, end), length: end + 5 };
  }
  const length = Number(headers['content-length'] ?? 0);
  return text.length < length ? undefined : { text: text.slice(0, length), length };
}

/** What came as bytes, read as UTF-8. */
function fromLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

async function writeAll(socket: Socket, parts: readonly Uint8Array[]): Promise<void> {
  for (const part of parts) {
    if (socket.destroyed) return;
    await new Promise((resolve) => socket.write(part, resolve));
    // Each part is to arrive by itself.
    if (parts.length > 1) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
