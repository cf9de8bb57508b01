import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from './support/api-process';
import { hold, rawRequest } from './support/raw-http';
import { SETOSA } from './support/start-api';

const VALID = JSON.stringify(SETOSA);

describe('slow clients', () => {
  let api: ApiProcess;
  afterEach(() => api.stop());

  test('a header that drips is cut off after ten seconds, a body after twenty, others are served', async () => {
    api = await ApiProcess.start();
    const drip = async (start: Uint8Array | string, more: string): Promise<[string, number]> => {
      const { socket, received, closed } = hold(api.port, start);
      const timer = setInterval(() => !socket.destroyed && socket.write(more), 500);
      const ms = await Promise.race([closed, sleep(40_000, Infinity, { ref: false })]);
      clearInterval(timer);
      socket.destroy();
      return [received(), ms];
    };
    const [header, headerMs, body, bodyMs, silence, silenceMs] = (
      await Promise.all([
        drip('POST /predict HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'a'),
        drip(rawRequest(VALID, { 'Content-Length': '10000' }), ' '),
        drip('', ''),
      ])
    ).flat() as [string, number, string, number, string, number];
    for (const text of [header, body, silence]) {
      expect(text).toMatch(/^(HTTP\/1\.1 408 Request Timeout\r\n|$)/);
    }
    expect(headerMs).toBeGreaterThan(9_000);
    expect(headerMs).toBeLessThan(18_000);
    expect(bodyMs).toBeGreaterThan(19_000);
    expect(bodyMs).toBeLessThan(30_000);
    expect(silenceMs).toBeLessThan(18_000);
    expect((await api.predict()).status).toBe(200);
    expect(api.log).not.toMatch(/"level":"error"/);
  }, 60_000);
});
