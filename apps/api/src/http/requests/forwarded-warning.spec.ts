import type { IncomingMessage } from 'node:http';
import { ForwardedWarning } from './forwarded-warning';

describe(ForwardedWarning.name, () => {
  const request = (remoteAddress: string, forwarded?: string) =>
    ({
      headers: { 'x-forwarded-for': forwarded },
      socket: { remoteAddress },
    }) as unknown as IncomingMessage;

  test('warns of the first untrusted peer that sends the header, once, by its network', () => {
    const warnings: string[] = [];
    const warning = new ForwardedWarning(
      (peer) => peer === '10.0.0.1',
      (message) => warnings.push(message),
    );
    warning.look(request('192.0.2.7'));
    warning.look(request('10.0.0.1', '203.0.113.5'));
    expect(warnings).toEqual([]);
    warning.look(request('192.0.2.7', '203.0.113.5'));
    warning.look(request('198.51.100.7', '203.0.113.5'));
    expect(warnings).toEqual([
      expect.stringMatching(/^X-Forwarded-For arrived from 192\.0\.2\.0\/24/),
    ]);
    expect(warnings[0]).not.toContain('203.0.113');
  });
});
