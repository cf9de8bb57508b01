import type { Request } from 'express';
import { clientTracker } from './client-tracker';

function trackerOf(ip: string | undefined, remoteAddress = '192.0.2.1'): string {
  return clientTracker({ ip, socket: { remoteAddress } as Request['socket'] });
}

describe(clientTracker.name, () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:5555', '203.0.113.7'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2::'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:DB8:1:2:ffff::1', '2001:db8:1:2::'],
  ])('%s is counted as %s', (address, tracker) => {
    expect(trackerOf(address)).toContain(tracker);
  });

  test('one /64 is one client, the next /64 another', () => {
    expect(trackerOf('2001:db8:1:2::1')).toBe(trackerOf('2001:db8:1:2:ffff:ffff:ffff:ffff'));
    expect(trackerOf('2001:db8:1:2::1')).not.toBe(trackerOf('2001:db8:1:3::1'));
  });

  test.each(['garbage', '', 'unknown', '1.2.3', '203.0.113.7:port', '_hidden', '::ffff:999.1.1.1'])(
    'what is no address (%j) is not believed',
    (claimed) => {
      expect(trackerOf(claimed)).toBe('192.0.2.1');
    },
  );

  test('a request without an address is still counted', () => {
    expect(trackerOf(undefined)).toBe('192.0.2.1');
  });
});
