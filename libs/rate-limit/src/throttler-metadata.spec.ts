import 'reflect-metadata';
import { SkipThrottle, Throttle } from '@nestjs/throttler';
import { THROTTLER_METADATA } from './throttler-metadata';

const getTracker = () => 'tracker';
const generateKey = () => 'key';

class Routes {
  @Throttle({ predict: { limit: 3, ttl: 7_000, getTracker, generateKey } })
  limited(): void {}

  @SkipThrottle({ predict: true })
  free(): void {}
}

const read = (handler: () => void, key: string): unknown =>
  Reflect.getMetadata(`${key}predict`, handler);

test('the decorators of the installed @nestjs/throttler use these keys', () => {
  const { limited, free } = Routes.prototype;
  expect(read(limited, THROTTLER_METADATA.limit)).toBe(3);
  expect(read(limited, THROTTLER_METADATA.ttl)).toBe(7_000);
  expect(read(limited, THROTTLER_METADATA.tracker)).toBe(getTracker);
  expect(read(limited, THROTTLER_METADATA.keyGenerator)).toBe(generateKey);
  expect(read(free, THROTTLER_METADATA.skip)).toBe(true);
});
