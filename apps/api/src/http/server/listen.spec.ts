import type { NestExpressApplication } from '@nestjs/platform-express';
import { listen } from './listen';

describe(listen.name, () => {
  const failing = (code: string): NestExpressApplication =>
    ({
      listen: () => Promise.reject(Object.assign(new Error(`listen ${code}`), { code })),
    }) as unknown as NestExpressApplication;

  test.each([
    ['EADDRINUSE', 'Port 80 is in use. Set PORT to another one, or stop what uses it'],
    ['EACCES', 'Port 80 needs privileges. Set PORT to 1024 or above'],
    ['EADDRNOTAVAIL', '192.0.2.1 is no address of this machine. Set HOST to one that is'],
    ['ENOTFOUND', '192.0.2.1 does not resolve. Set HOST to an address of this machine'],
  ])('%s: which variable to change, with the cause', async (code, message) => {
    const opening = listen(failing(code), { port: 80, host: '192.0.2.1' });
    await expect(opening).rejects.toMatchObject({ message, cause: { code } });
  });

  test('anything else stays what it is', async () => {
    const opening = listen(failing('EMFILE'), { port: 80, host: '192.0.2.1' });
    await expect(opening).rejects.toThrow('listen EMFILE');
  });
});
