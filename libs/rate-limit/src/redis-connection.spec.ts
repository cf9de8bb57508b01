import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConnection } from './redis-connection';

class FakeClient extends EventEmitter {
  status = 'wait';
  readonly done: string[] = [];
  pong: () => Promise<unknown> = () => Promise.resolve('PONG');

  connect(): Promise<void> {
    this.done.push('connect');
    return Promise.resolve();
  }
  disconnect(reconnect?: boolean): void {
    this.done.push(reconnect ? 'reconnect' : 'disconnect');
  }
  script(...args: string[]): Promise<unknown> {
    this.done.push(args.join(' '));
    return Promise.reject(new Error('NOPERM'));
  }
  ping(): Promise<unknown> {
    this.done.push('ping');
    return this.pong();
  }
  become(status: string): void {
    this.status = status;
    this.emit(status);
  }
}

describe(RedisConnection.name, () => {
  let client: FakeClient;
  let connection: RedisConnection;
  const heard: string[] = [];
  const lines: string[] = [];
  let resumed: boolean;

  const listener = {
    onConnectionLost: (cause: unknown) => heard.push(`lost: ${(cause as Error).message}`),
    onConnectionPaused: (until: Promise<void>) => {
      heard.push('paused');
      resumed = false;
      void until.then(() => (resumed = true));
    },
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    jest
      .spyOn(Logger.prototype, 'log')
      .mockImplementation((...line: unknown[]) => void lines.push(String(line[0])));
    heard.length = lines.length = 0;
    resumed = false;
    client = new FakeClient();
    connection = new RedisConnection(client as unknown as Redis, ['one', 'two'], 'at h:1', 3_000);
  });
  afterEach(() => {
    connection.close();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const flush = () => jest.advanceTimersByTimeAsync(0);
  const open = async (): Promise<void> => {
    const opened = connection.open(listener);
    client.become('ready');
    await flush();
    await opened;
    client.done.length = 0;
  };
  const error = (message: string, name = 'Error') =>
    client.emit('error', Object.assign(new Error(message), { name }));

  test('is open once Redis is ready and has the scripts, even where loading them is not permitted', async () => {
    const opened = connection.open(listener);
    expect(client.done).toEqual(['connect']);
    client.become('ready');
    await flush();
    await opened;
    expect(client.done).toEqual(['connect', 'LOAD one', 'LOAD two']);
    expect(lines).toEqual(['Connected to Redis at h:1; all processes share the limits']);
    expect(heard).toEqual([]);
  });

  test('waits a second for the first connection, then reports it lost', async () => {
    const opened = jest.fn();
    void connection.open(listener).then(opened);
    await jest.advanceTimersByTimeAsync(999);
    expect(opened).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(2);
    expect(opened).toHaveBeenCalled();
    expect(heard).toEqual(['lost: Connection is closed.']);
    expect(lines).toEqual([]);
  });

  test('a close is a pause, over with the next connection', async () => {
    await open();
    client.become('close');
    expect(heard).toEqual(['paused']);
    await flush();
    expect(resumed).toBe(false);
    client.become('ready');
    await flush();
    expect(resumed).toBe(true);
    client.become('close');
    expect(heard).toEqual(['paused', 'paused']);
  });

  test('it is a loss when the next connection fails, whatever the first close came from', async () => {
    await open();
    error('write EPIPE');
    client.become('close');
    expect(heard).toEqual(['paused']);
    error('connect ECONNREFUSED');
    expect(heard).toEqual(['paused', 'lost: connect ECONNREFUSED']);
    await flush();
    expect(resumed).toBe(true);
    client.become('close');
    expect(heard.slice(2)).toEqual(['lost: connect ECONNREFUSED']);
  });

  test('what Redis replied says more than how the connection broke, until the next attempt', async () => {
    await open();
    client.become('close');
    error('ERR max number of clients reached', 'ReplyError');
    error('write EPIPE');
    client.become('close');
    expect(heard.slice(1)).toEqual(Array(3).fill('lost: ERR max number of clients reached'));
    error('connect ECONNREFUSED');
    expect(heard.at(-1)).toBe('lost: connect ECONNREFUSED');
  });

  test('a silent end of a failed attempt is a loss too', async () => {
    await open();
    client.become('close');
    client.become('close');
    await flush();
    expect(heard).toEqual(['paused', 'lost: Connection is closed.']);
    expect(resumed).toBe(true);
  });

  test.each([
    ['ready', ['reconnect']],
    ['connect', ['reconnect']],
    ['connecting', []],
    ['reconnecting', []],
    ['end', []],
  ])('reconnects in status %s: %j', async (status, done) => {
    await open();
    client.status = status;
    connection.reconnect();
    expect(client.done).toEqual(done);
  });

  test('a client that ended connects again, unless it did or we are closing', async () => {
    await open();
    client.become('end');
    await jest.advanceTimersByTimeAsync(600);
    expect(client.done).toEqual(['connect']);
    client.become('end');
    client.status = 'ready';
    await jest.advanceTimersByTimeAsync(600);
    client.become('end');
    connection.close();
    await jest.advanceTimersByTimeAsync(600);
    client.become('end');
    await jest.advanceTimersByTimeAsync(600);
    expect(client.done.filter((each) => each === 'connect')).toHaveLength(1);
  });

  test('asks now and then, and replaces a connection that does not answer', async () => {
    await open();
    await jest.advanceTimersByTimeAsync(6_100);
    expect(client.done).toEqual(['ping', 'ping']);
    client.pong = () => new Promise(() => undefined);
    await jest.advanceTimersByTimeAsync(4_000);
    expect(client.done.slice(2)).toEqual(['ping', 'reconnect']);
    client.status = 'connecting';
    client.done.length = 0;
    await jest.advanceTimersByTimeAsync(9_000);
    expect(client.done).toEqual([]);
  });

  test('a close that we asked for is no event', async () => {
    await open();
    connection.close();
    client.become('close');
    error('late');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(heard).toEqual([]);
    expect(client.done).toEqual(['disconnect']);
  });
});
