import { gzipSync } from 'node:zlib';
import { rawRequest } from './raw-http';
import { SETOSA } from './setosa';

/** The statuses that are right, in order; or that no more comes after a 4xx, which may be lost. */
export type Expected = readonly number[] | 'refused';

/** Bytes for the server's port, and what is to come back. */
export interface HostileInput {
  readonly name: string;
  readonly parts: readonly Uint8Array[];
  readonly expected: Expected;
}

const VALID = JSON.stringify(SETOSA);
const [FIRST = ''] = Object.keys(SETOSA);

/** The valid body with another JSON text for the value of its first field. */
const withValue = (json: string): string => VALID.replace(/:[^,]+/, () => `:${json}`);
/** The valid body with more members in front. */
const withMembers = (json: string): string => VALID.replace('{', () => `{${json},`);
const nested = (open: string, close: string, depth: number, core = ''): string =>
  open.repeat(depth) + core + close.repeat(depth);
const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const head = (lines: readonly string[], body = VALID): Buffer =>
  latin1(`${['POST /predict HTTP/1.1', 'Host: localhost', ...lines].join('\r\n')}\r\n\r\n${body}`);
const json = 'Content-Type: application/json';
const chunked = (body: string): Buffer => head([json, 'Transfer-Encoding: chunked'], body);
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

/** `marker` stands where a client's data would be; it must never come back. */
export function hostileCorpus(marker: string): readonly HostileInput[] {
  return [
    ...bodies(marker),
    ...batches(marker),
    ...framings(marker),
    ...headers(marker),
    ...targets(marker),
    ...conversations(marker),
  ];
}

function input(
  name: string,
  parts: Uint8Array | readonly Uint8Array[],
  ...expected: readonly number[]
): HostileInput {
  const list = Array.isArray(parts) ? (parts as readonly Uint8Array[]) : [parts as Uint8Array];
  return { name, parts: list, expected: expected.length > 0 ? expected : 'refused' };
}

function bodies(marker: string): readonly HostileInput[] {
  const body = (name: string, content: string | Uint8Array, ...expected: readonly number[]) =>
    input(name, rawRequest(content), ...expected);
  return [
    body('arrays in arrays to the limit', nested('[', ']', 8192), 422),
    body('objects in objects to the limit', nested('{"a":', '}', 2700, '1'), 422),
    body('deep arrays as a value', withValue(nested('[', ']', 8000)), 422),
    body('deep objects as a value', withValue(nested('{"a":', '}', 2600, '1')), 422),
    body('deep arrays in an unknown field', withMembers(`"x":${nested('[', ']', 8000)}`), 422),
    body('deep and never closed', '['.repeat(16_000), 422),
    body('a marker in a value', withValue(`"${marker}"`), 422),
    body('a marker in a key beyond 64', withMembers(`"${'k'.repeat(64)}${marker}":1`), 422),
    body('a marker before broken JSON', `{"${FIRST}":"${marker}`, 422),
    body('a marker alone', marker, 422),
    ...['9'.repeat(16_000), `-${'9'.repeat(400)}`, '1e400', '-1e400', '1e99999999999'].map(
      (value) => body(`the number ${value.slice(0, 12)}`, withValue(value), 422),
    ),
    ...[
      '1e-400',
      '-0',
      '-0.0',
      '5e-324',
      '1E+2',
      `0.${'1'.repeat(15_000)}`,
      '1.7976931348623157e308',
    ].map((value) => body(`the number ${value.slice(0, 24)}`, withValue(value), 200)),
    ...['01', '1.', '.5', '+1', '0x10', 'NaN', 'Infinity', '-', '1_000', '1n', '--1', '1e'].map(
      (value) => body(`what is no number: ${value}`, withValue(value), 422),
    ),
    ...[
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      '__defineGetter__',
    ].flatMap((key) => [
      body(`${key} as a key`, withMembers(`"${key}":{"${FIRST}":1,"polluted":"${marker}"}`), 422),
      body(`${key} alone`, `{"${key}":${VALID}}`, 422),
      body(`${key} in a value`, withValue(`{"${key}":{"polluted":true}}`), 422),
    ]),
    body('fields that only the prototype has', `{"__proto__":${VALID}}`, 422),
    body('a key twice, the last one good', withMembers(`"${FIRST}":"${marker}"`), 422),
    body('a key twice, the last one bad', VALID.replace(/\}$/, `,"${FIRST}":null}`), 422),
    body('a key 500 times', withMembers(Array(500).fill(`"${FIRST}":1`).join()), 422),
    body('an escaped key', VALID.replace('sepal_length', '\\u0073epal_length'), 200),
    body('a lone surrogate as a value', withValue('"\\ud800"'), 422),
    body('a lone surrogate as a key', withMembers('"\\udfff":1'), 422),
    body(
      'a name cut within a pair',
      withMembers(`"${'k'.repeat(63)}\\ud83d\\ude00${marker}":1`),
      422,
    ),
    body('a lone surrogate in bytes', latin1(withValue('"\xed\xa0\x80"')), 422),
    body('a BOM', `\ufeff${VALID}`, 200),
    body('two BOMs', `\ufeff\ufeff${VALID}`, 422),
    body('a BOM alone', '\ufeff', 422),
    body('UTF-16, little end first', utf16(VALID), 422),
    body('UTF-16, big end first', utf16(VALID).swap16(), 422),
    body(
      'UTF-32',
      Buffer.from(
        [...`\ufeff${VALID}`].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8, 0, 0]),
      ),
      422,
    ),
    body('NUL behind the body', `${VALID}\0`, 422),
    body('NUL in a key', withMembers('"\\u0000":1'), 422),
    body('NUL bytes', Buffer.alloc(1000), 422),
    body('invalid UTF-8 in a key', latin1(withMembers('"\xff\xfe\x80":1')), 422),
    body('overlong UTF-8', latin1(withValue('"\xc0\xaf"')), 422),
    body('a truncated sequence', latin1(`${VALID}\xe2\x82`), 422),
    body('white space to the limit', VALID + ' '.repeat(16_384 - VALID.length), 200),
    body('white space that is not JSON', `\u00a0${VALID}`, 422),
    body('a line separator', `\u2028${VALID}`, 422),
    body('comments', `/* ${marker} */${VALID}`, 422),
    body('a trailing comma', VALID.replace(/\}$/, ',}'), 422),
    body('two documents', VALID + VALID, 422),
    body('an empty body', '', 422),
    body('a form', 'sepal_length=5.1', 422),
    body(
      'XML',
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///${marker}">]><a>&b;</a>`,
      422,
    ),
    body(
      '1200 unknown fields',
      `{${Array.from({ length: 1200 }, (_, i) => `"${i}":1`).join()}}`,
      422,
    ),
    body(
      'names that are all almost right',
      `{${Array.from({ length: 700 }, (_, i) => `"sepal_lengt${i}":1`).join()}}`,
      422,
    ),
    body('a name as long as the body', `{"${'k'.repeat(16_000)}":1}`, 422),
    body('one byte too many', VALID + ' '.repeat(16_385 - VALID.length), 413),
    body('four limits of data', `{"${marker}":"${'x'.repeat(65_000)}"}`, 413),
    input('four limits of data in chunks', chunked(`${chunk('['.repeat(65_000))}0\r\n\r\n`), 413),
  ];
}

function batches(marker: string): readonly HostileInput[] {
  const batch = (name: string, content: string, ...expected: readonly number[]) =>
    input(name, rawRequest(content, {}, '/predict/batch'), ...expected);
  return [
    batch('a batch of deep arrays', `{"instances":${nested('[', ']', 1_000_000)}}`, 200),
    batch('a batch of deep objects', nested('{"instances":', '}', 130_000, '1'), 422),
    batch(
      'a row with a deep value',
      `{"instances":[{"${FIRST}":${nested('[', ']', 900_000)}}]}`,
      200,
    ),
    batch('rows of markers', `{"instances":[${Array(1000).fill(`"${marker}"`).join()}]}`, 200),
    batch(
      'rows with markers',
      `{"instances":[${Array(1000)
        .fill(withValue(`"${marker}"`))
        .join()}]}`,
      200,
    ),
    batch(
      'rows of prototypes',
      `{"instances":[${Array(500).fill(`{"__proto__":${VALID}}`).join()}]}`,
      200,
    ),
    batch('instances as an object with a length', '{"instances":{"length":1000000000}}', 422),
    batch('instances as text', `{"instances":"${marker}"}`, 422),
    batch('a batch in a batch', `{"instances":[{"instances":[${VALID}]}]}`, 200),
    batch('too many empty rows', `{"instances":[${Array(10_001).fill('{}').join()}]}`, 422),
    batch('a batch beyond its limit', `{"instances":["${'x'.repeat(2 * 1024 * 1024)}"]}`),
  ];
}

function framings(marker: string): readonly HostileInput[] {
  const length = (value: string, ...expected: readonly number[]) =>
    input(`Content-Length: ${value}`, head([json, `Content-Length: ${value}`]), ...expected);
  const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024, ' '));
  const encoded = (
    encoding: string,
    content: string | Uint8Array,
    ...expected: readonly number[]
  ) =>
    input(
      `Content-Encoding: ${encoding}`,
      rawRequest(content, { 'Content-Encoding': encoding }),
      ...expected,
    );
  return [
    length('-1', 400),
    length('-0', 400),
    length('+5', 400),
    length('0x10', 400),
    length('1e3', 400),
    length('5 5', 400),
    length('5,5', 400),
    length('', 400),
    length('99999999999999999999999999', 400),
    length('9007199254740993', 413),
    length('10'),
    length('1000'),
    input('no length at all', head([json])),
    input('two lengths', head([json, 'Content-Length: 5', 'Content-Length: 6']), 400),
    input(
      'the same length twice',
      head([json, `Content-Length: ${VALID.length}`, `Content-Length: ${VALID.length}`]),
      400,
    ),
    input(
      'a length and chunks',
      head([json, 'Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
      400,
    ),
    input(
      'chunks and a length',
      head([json, 'Transfer-Encoding: chunked', 'Content-Length: 5'], '0\r\n\r\n'),
      400,
    ),
    ...[
      'gzip',
      'chunked, gzip',
      'identity',
      'xchunked',
      'chunked\x0b',
      'Chunked, chunked',
      marker,
    ].map((coding) =>
      input(
        `Transfer-Encoding: ${coding}`,
        head([json, `Transfer-Encoding: ${coding}`], `${chunk(VALID)}0\r\n\r\n`),
        400,
      ),
    ),
    input(
      'Transfer-Encoding: gzip, chunked',
      head([json, 'Transfer-Encoding: gzip, chunked'], `${chunk('\x1f\x8b\x08')}0\r\n\r\n`),
      422,
    ),
    input(
      'good chunks',
      chunked(`${chunk(VALID.slice(0, 9))}${chunk(VALID.slice(9))}0\r\n\r\n`),
      200,
    ),
    input('a chunk a byte', chunked(`${[...VALID].map(chunk).join('')}0\r\n\r\n`), 200),
    input('no chunks', chunked('0\r\n\r\n'), 422),
    input(
      'good chunks with trailers',
      chunked(`${chunk(VALID)}0\r\n__proto__: ${marker}\r\n\r\n`),
      200,
    ),
    input(
      'a length among the trailers',
      chunked(`${chunk(VALID)}0\r\nContent-Length: 1\r\n\r\n`),
      400,
    ),
    input('a chunk size that is none', chunked(`zz\r\n${VALID}\r\n0\r\n\r\n`), 400),
    input('a negative chunk size', chunked(`-1\r\n${VALID}\r\n0\r\n\r\n`), 400),
    input('a chunk size beyond all', chunked(`fffffffffffffffff\r\n${VALID}`), 400),
    input('a chunk that never comes', chunked('7fffffff\r\n')),
    input('a chunk without its end', chunked(`5\r\n${VALID}`), 400),
    input('chunks that end early', chunked(chunk(VALID))),
    input(
      'a chunk with an extension',
      chunked(`${VALID.length.toString(16)};a=b\r\n${VALID}\r\n0\r\n\r\n`),
      200,
    ),
    input('a chunk with a huge extension', chunked(`1;${marker.repeat(2000)}\r\n{\r\n0\r\n\r\n`)),
    encoded('gzip', bomb, 415),
    ...['deflate', 'br', 'zstd', 'x-gzip', 'gzip, gzip', 'identity, gzip', marker].map((encoding) =>
      encoded(encoding, VALID, 415),
    ),
    encoded('identity', VALID, 200),
    encoded('IDENTITY', VALID, 200),
    ...[10, 40, 70, 100, 120, 150].map((end) =>
      input(`a request cut off after ${end} bytes`, rawRequest(VALID).subarray(0, end)),
    ),
  ];
}

function headers(marker: string): readonly HostileInput[] {
  const withHeader = (name: string, line: string, ...expected: readonly number[]) =>
    input(name, head([json, `Content-Length: ${VALID.length}`, line]), ...expected);
  const type = (value: string, ...expected: readonly number[]) =>
    input(
      `Content-Type: ${value.slice(0, 60)}`,
      rawRequest(VALID, { 'Content-Type': value }),
      ...expected,
    );
  return [
    withHeader('a header beyond the limit', `X-Large: ${marker.repeat(300)}`, 431),
    withHeader('a header name beyond the limit', `${'x'.repeat(9000)}: 1`, 431),
    withHeader('headers beyond the limit', Array(1500).fill('abc: def').join('\r\n'), 431),
    withHeader('500 headers', Array(500).fill('a: b').join('\r\n'), 200),
    withHeader('a cookie', `Cookie: ${marker}=${marker}`, 200),
    withHeader('an authorization', `Authorization: Bearer ${marker}`, 200),
    withHeader('an insane request id', `X-Request-Id: ${marker}<script>`, 200),
    withHeader('a request id without end', `X-Request-Id: ${marker.repeat(40)}`, 200),
    withHeader('a traceparent', `traceparent: ${marker}`, 200),
    withHeader('a forwarded address', `X-Forwarded-For: ${marker}, ,,${marker}`, 200),
    withHeader('a forwarded address that ends a text', `X-Forwarded-For: a","msg":"${marker}`, 200),
    withHeader('a forwarded address that escapes', `X-Forwarded-For: \\u0022\\${marker}\\`, 200),
    withHeader('a forwarded address with dots', `X-Forwarded-For: ${marker}.1.1.1`, 200),
    withHeader(
      'a forwarded protocol',
      `X-Forwarded-Proto: ${marker}\r\nX-Forwarded-Host: ${marker}`,
      200,
    ),
    withHeader('a method to override', 'X-HTTP-Method-Override: DELETE', 200),
    withHeader('a header called __proto__', `__proto__: ${marker}`, 200),
    withHeader('a header with NUL', `X-Nul: a\0${marker}`, 400),
    withHeader('a header with a control character', `X-Bell: \x07${marker}`, 400),
    withHeader('a header without a colon', marker, 400),
    withHeader('a header without a name', `: ${marker}`, 400),
    withHeader('a space before the colon', `X-Space : ${marker}`, 400),
    withHeader('a folded header', `X-Fold: a\r\n ${marker}`, 400),
    withHeader('a bare CR', `X-Cr: a\rb: ${marker}`, 400),
    withHeader('latin-1', 'X-Latin: \xe9\xff', 200),
    withHeader('an upgrade', 'Connection: Upgrade\r\nUpgrade: websocket', 200),
    withHeader(
      'an upgrade to HTTP/2',
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk',
      200,
    ),
    withHeader('a second host', `Host: ${marker}`, 200),
    withHeader('a range', 'Range: bytes=0-18446744073709551615', 200),
    withHeader('an expectation that nobody can meet', `Expect: ${marker}`, 417),
    input(
      'no host',
      latin1(`POST /predict HTTP/1.1\r\n${json}\r\nContent-Length: 2\r\n\r\n{}`),
      400,
    ),
    input('an odd host', rawRequest(VALID, { Host: `${marker}@[::1` }), 200),
    ...[
      'application/json;charset=utf-8',
      'application/json; charset="utf-8"',
      'APPLICATION/JSON',
      'application/json;',
      'application/json; charset=utf-8;',
      `application/json; boundary=${marker}`,
    ].map((value) => type(value, 200)),
    ...[
      'text/json',
      'application/jsonp',
      'application/json, text/plain',
      'application/problem+json',
      'application/json; charset=utf-16',
      'application/json; charset=utf-7',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      `${marker}/${marker}`,
      '*/*',
      '/',
      ';',
      `application/json;${' '.repeat(7000)}x`,
      `application/json${' '.repeat(7000)}x`,
    ].map((value) => type(value, 415)),
  ];
}

function targets(marker: string): readonly HostileInput[] {
  const to = (path: string, ...expected: readonly number[]) =>
    input(`POST ${path.slice(0, 60)}`, rawRequest(VALID, {}, path), ...expected);
  const get = (path: string, ...expected: readonly number[]) =>
    input(`GET ${path.slice(0, 60)}`, rawRequest('', {}, path, 'GET'), ...expected);
  const method = (name: string, ...expected: readonly number[]) =>
    input(`the method ${name}`, rawRequest(VALID, {}, '/predict', name), ...expected);
  return [
    to('/predict/', 200),
    to('/PREDICT', 200),
    to('/Predict?', 200),
    to(`/predict?${marker}=${marker}`, 200),
    to(`/predict?include=${marker}`, 422),
    to('/predict?include[]=probabilities&include[__proto__]=1', 200),
    to('/predict?include=probabilities&include=x', 422),
    to('/predict?__proto__=1&constructor=2&toString=3', 200),
    to('/predict?%', 200),
    to(`/predict?${'a=b&'.repeat(1500)}`, 200),
    to('//predict', 404),
    to('/predict//', 404),
    to('/./predict', 404),
    to('/predict/../predict', 404),
    to('/predict/.', 404),
    to('/%70redict', 404),
    to('/predict%2f', 404),
    to('/predict%00', 404),
    to('/predict%20', 404),
    to('/predict;x=1', 404),
    to('/predict#fragment', 200),
    to('/predict/batch/', 422),
    to('/predict/BATCH', 422),
    to(`/predict/${marker}`, 404),
    to(`/${marker.repeat(200)}`, 404),
    to(`/${'../'.repeat(1000)}etc/passwd`, 404),
    to('/%zz', 404),
    to('/%c0%af%ff', 404),
    to('http://localhost/predict', 200),
    to(`http://${marker}/predict`, 200),
    to(`http://${marker}@[::1/predict`),
    to(`http://${marker}:99999999/predict`),
    to('localhost:80', 400),
    to('*', 404),
    to('predict', 400),
    to('?', 400),
    to('/\xff\xfe', 400),
    to(`/ ${marker}`, 400),
    get('/predict', 405),
    get(`/docs/${marker}`, 404),
    get(`/docs/${'%2e%2e%2f'.repeat(20)}etc/passwd`, 404),
    get(`/docs//${marker}/..%5c`, 404),
    get(`/health/${marker}`, 404),
    get(`/health/ready?${marker}`, 200),
    get(`/metrics?${marker}`, 200),
    get(`/metrics/${marker}`, 404),
    get(`/.git/${marker}`, 404),
    ...[
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'PROPFIND',
      'MKCOL',
      'PURGE',
      'TRACE',
      'M-SEARCH',
      'LOCK',
    ].map((name) => method(name, 405)),
    ...['post', 'Post', 'POSTS', 'QUERYX', marker, 'GET\tX', '\x00', 'Ω'].map((name) =>
      method(name, 400),
    ),
    input('CONNECT', rawRequest('', {}, 'localhost:22', 'CONNECT')),
    input('OPTIONS *', rawRequest('', {}, '*', 'OPTIONS'), 404),
    input(
      'HTTP/1.0',
      latin1(
        `POST /predict HTTP/1.0\r\n${json}\r\nContent-Length: ${VALID.length}\r\n\r\n${VALID}`,
      ),
      200,
    ),
    ...['HTTP/0.9', 'HTTP/1.2', 'HTTP/2.0', 'HTTP/9.9', 'HTTQ/1.1', 'RTSP/1.0', ''].map((version) =>
      input(`the version "${version}"`, latin1(`POST /predict ${version}\r\nHost: x\r\n\r\n`)),
    ),
    input('the preface of HTTP/2', latin1('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 400),
    input('a TLS hello', Buffer.from('16030100c8010000c40303' + 'ab'.repeat(60), 'hex'), 400),
    input('another protocol', latin1(`EHLO ${marker}\r\n`), 400),
    input('a line without end', latin1(marker.repeat(1000))),
    input(
      'empty lines, then a request',
      Buffer.concat([latin1('\r\n\r\n\r\n'), rawRequest(VALID)]),
      200,
    ),
  ];
}

function conversations(marker: string): readonly HostileInput[] {
  const valid = rawRequest(VALID);
  const repeated = (count: number): Buffer => Buffer.concat(Array<Buffer>(count).fill(valid));
  const slow = [...Array(40).keys()].map((i) => valid.subarray(i * 5, i * 5 + 5));
  return [
    input('30 requests in one piece', repeated(30), ...Array<number>(30).fill(200)),
    input('a request in 40 pieces', slow, 200),
    input(
      'a refused body, then a request',
      Buffer.concat([rawRequest(`{"${marker}`, { 'Content-Type': 'text/plain' }), valid]),
      415,
      200,
    ),
    input('a request, then garbage', Buffer.concat([valid, latin1(`${marker}\r\n\r\n`)])),
    input(
      'a request hidden behind a short length',
      head([json, 'Content-Length: 2'], `{}GET /${marker} HTTP/1.1\r\nHost: x\r\n\r\n`),
      422,
      404,
    ),
    input(
      'an expected continuation',
      [
        head([json, `Content-Length: ${VALID.length}`, 'Expect: 100-continue'], ''),
        Buffer.from(VALID),
      ],
      200,
    ),
    input(
      'a continuation of the wrong type',
      [
        head(
          ['Content-Type: text/plain', `Content-Length: ${VALID.length}`, 'Expect: 100-continue'],
          '',
        ),
      ],
      415,
    ),
    input(
      'a continuation of too much',
      [head([json, 'Content-Length: 99999999', 'Expect: 100-continue'], '')],
      413,
    ),
    input('a continuation that never comes', [
      head([json, `Content-Length: ${VALID.length}`, 'Expect: 100-continue'], ''),
    ]),
    input('a connection without a word', Buffer.alloc(0)),
  ];
}
