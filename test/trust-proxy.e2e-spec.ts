import fc from 'fast-check';
import { expectedBucket } from './support/forwarded-model';
import { exchange } from './support/raw-http';
import { type Api, SETOSA, startApi } from './support/start-api';

jest.setTimeout(60_000);

const PEER = '127.0.0.1';
const LIMIT = 10_000;
const RUNS = 200;

const FORMS = [
  '',
  '0',
  '1',
  '2',
  'loopback',
  '127.0.0.0/8',
  'loopback,10.0.0.0/8',
  '127.0.0.1,2001:db8:ffff::/48',
  '10.0.0.0/8',
  '192.0.2.1,fd00::/8',
];
/** Under these the peer is no proxy, or there is none: whatever it sends, it is one client. */
const DISTRUSTFUL = ['', '0', '10.0.0.0/8', '192.0.2.1,fd00::/8', 'linklocal,uniquelocal'];

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6();
const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
/** Few networks of many addresses, so that some come together. */
const neighbour = fc
  .tuple(fc.constantFrom('1', '2'), group, group)
  .map(([net, a, b]) => `2001:db8:0:${net}:${a}::${b}`);
const address = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('203.0.113.7', '203.0.113.8', '10.1.2.3', '127.0.0.1', '127.9.9.9'),
  },
  { weight: 2, arbitrary: ipv4 },
  { weight: 2, arbitrary: ipv6 },
  { weight: 3, arbitrary: neighbour },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '::ffff:203.0.113.7',
      '::ffff:cb00:7107',
      '::FFFF:203.0.113.8',
      '0:0:0:0:0:ffff:203.0.113.7',
      '2001:DB8:0:1::',
      '2001:db8::1:0:0:0:1',
      '2001:0db8:0000:0001:0000:0000:0000:0001',
      '2001:db8:ffff::1',
      '::1',
      '::',
      '::203.0.113.7',
      'fe80::1%eth0',
      '64:ff9b::203.0.113.7',
    ),
  },
);
const port = fc.integer({ min: 0, max: 65_535 });
const entry = fc.oneof(
  { weight: 5, arbitrary: address },
  {
    weight: 2,
    arbitrary: fc
      .tuple(address, port)
      .map(([ip, p]) => (ip.includes(':') ? `[${ip}]:${p}` : `${ip}:${p}`)),
  },
  { weight: 1, arbitrary: address.map((ip) => (ip.includes(':') ? `[${ip}]` : ip)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'unknown',
      '_hidden',
      'localhost',
      '',
      ' ',
      '-',
      '1.2.3',
      '1.2.3.4.5',
      '010.0.0.1',
      '0x7f.1',
      '256.1.1.1',
      '1.2.3.4/32',
      '[',
      '[]',
      '[]:1',
      '::g',
      ':::',
      '1:2:3:4:5:6:7:8:9',
      '"203.0.113.7"',
      'for=203.0.113.7',
      'true',
      '127.0.0.1;',
      '\t',
      '${jndi:ldap://x}',
    ),
  },
  { weight: 1, arbitrary: fc.stringMatching(/^[\x21-\x2b\x2d-\x7e]{1,20}$/) },
);
const forwardedFor = fc
  .tuple(fc.array(entry, { maxLength: 8 }), fc.constantFrom(',', ', ', ' , ', ',,', ', ,'))
  .map(([entries, separator]) => entries.join(separator).replaceAll('\t', ' ').trim());

describe.each(FORMS)('TRUST_PROXY="%s"', (form) => {
  let api: Api;
  const counted = new Map<string, number>();
  beforeAll(async () => {
    api = await startApi({
      TRUST_PROXY: form,
      RATE_LIMIT: String(LIMIT),
      RATE_LIMIT_WINDOW_SECONDS: '86400',
    });
    counted.clear();
  });
  afterAll(() => api.close());

  test('whatever X-Forwarded-For says, it counts for the client that a plain reading names', async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(forwardedFor, { nil: undefined }), async (header) => {
        const bucket = expectedBucket(form, header, PEER);
        const { status, headers } = await api.predict(
          SETOSA,
          header === undefined ? {} : { 'x-forwarded-for': header },
        );
        const count = (counted.get(bucket) ?? 0) + 1;
        counted.set(bucket, count);
        expect([status, headers['x-ratelimit-remaining']]).toEqual([200, String(LIMIT - count)]);
      }),
      // Shrinking would ask again, and each question is counted.
      { seed: 20261123, numRuns: RUNS, endOnFailure: true },
    );
    expect(counted.size).toBeGreaterThanOrEqual(DISTRUSTFUL.includes(form) ? 1 : 20);
  });

  test('a thousand hops in one line or in several are one list', async () => {
    const hops = [...Array(1000).fill('1.1.1.1'), '203.0.113.50', '198.51.100.1'] as string[];
    const bucket = expectedBucket(form, hops.join(), PEER);
    const lines = [hops.slice(0, 400).join(), hops.slice(400, 1001).join(), hops[1001]!];
    for (const header of [hops.join(), lines]) {
      const { headers } = await api
        .http()
        .post('/predict')
        .set('x-forwarded-for', header as string)
        .send(SETOSA);
      const count = (counted.get(bucket) ?? 0) + 1;
      counted.set(bucket, count);
      expect(headers['x-ratelimit-remaining']).toBe(String(LIMIT - count));
    }
  });
});

describe('a client that forges', () => {
  let api: Api;
  afterEach(() => api.close());
  const forgeries = fc.sample(forwardedFor, { seed: 7, numRuns: 120 });

  test.each(DISTRUSTFUL)('gets no fresh allowance under TRUST_PROXY="%s"', async (form) => {
    api = await startApi({ TRUST_PROXY: form, RATE_LIMIT: '3' });
    const statuses: number[] = [];
    for (const header of forgeries) {
      statuses.push(
        (
          await api.predict(SETOSA, {
            'x-forwarded-for': header,
            forwarded: `for=${header || 'x'}`,
            'x-real-ip': '9.9.9.9',
          })
        ).status,
      );
    }
    expect(statuses).toEqual([200, 200, 200, ...Array(forgeries.length - 3).fill(429)]);
  });

  test.each(['1', 'loopback'])(
    'gets none behind one proxy either, under TRUST_PROXY="%s"',
    async (form) => {
      api = await startApi({ TRUST_PROXY: form, RATE_LIMIT: '3' });
      const statuses: number[] = [];
      for (const header of forgeries) {
        // What a proxy makes of it: the address of its own peer at the end.
        const appended = header === '' ? '198.51.100.9' : `${header}, 198.51.100.9`;
        statuses.push((await api.predict(SETOSA, { 'x-forwarded-for': appended })).status);
      }
      expect(statuses).toEqual([200, 200, 200, ...Array(forgeries.length - 3).fill(429)]);
      expect((await api.predict(SETOSA, { 'x-forwarded-for': '198.51.100.10' })).status).toBe(200);
    },
  );

  test('gets none by so many headers that the last, which the proxy adds, is lost', async () => {
    api = await startApi({ TRUST_PROXY: '1', RATE_LIMIT: '3' });
    const port = Number(new URL(api.url).port);
    const statuses: (number | undefined)[] = [];
    for (let i = 0; i < 8; i++) {
      const lines = [
        'POST /predict HTTP/1.1',
        'Host: x',
        'Content-Type: application/json',
        `Content-Length: ${JSON.stringify(SETOSA).length}`,
        `X-Forwarded-For: 192.0.2.${i}`,
        ...Array<string>(2100).fill('a:'),
        'X-Forwarded-For: 198.51.100.9',
      ];
      const { answers } = await exchange(
        port,
        Buffer.from(`${lines.join('\r\n')}\r\n\r\n${JSON.stringify(SETOSA)}`),
      );
      statuses.push(answers[0]?.status);
    }
    // 431 is as good as counting them right.
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(3);
  });
});

describe('the log', () => {
  let api: Api;
  afterEach(() => api.close());

  async function loggedClient(forwardedFor: string): Promise<unknown> {
    api = await startApi({ TRUST_PROXY: '1' });
    await api.predict(SETOSA, { 'x-forwarded-for': forwardedFor });
    const lines = api.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const [line, ...others] = lines.filter(({ msg }) => msg === 'request');
    expect(others).toEqual([]);
    return line?.['client'];
  }

  test.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['203.0.113.77:5555', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8:1::77', '2001:db8:1::/48'],
    ['2001:db8::77', '2001:db8::/48'],
    ['2a00::77', '2a00::/48'],
    ['::1', '::1'],
    ['a","msg":"forged', '127.0.0.0/24'],
    ['somebody.at.home', '127.0.0.0/24'],
    ['-', '127.0.0.0/24'],
  ])('names the network of %s, and nobody in it', async (forwardedFor, network) => {
    expect(await loggedClient(forwardedFor)).toBe(network);
  });
});
