import { CommandError } from '../command.error';

const MIB = 2 ** 20;
const TIMEOUT_MS = 60_000;

/** How much may come, and what is sent along. */
export interface DownloadOptions {
  readonly maxBytes: number;
  /** Fetch drops `authorization` where a redirect leads to another origin. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What to do about an answer other than 2xx; "Check the address and that it needs no login." by default. */
  readonly remedyFor?: (status: number) => string;
}

/**
 * The bytes at an http or https address, within a minute.
 * @throws CommandError where they cannot be had, or are more than `maxBytes`
 */
export async function download(
  url: string,
  { maxBytes, headers, remedyFor = loginRemedy }: DownloadOptions,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) {
      const { status } = response;
      await response.body?.cancel();
      throw new CommandError(`${shownUrl(url)} answers with ${status}. ${remedyFor(status)}`);
    }
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > maxBytes) {
        throw new CommandError(`${shownUrl(url)} has more than ${maxBytes / MIB} MiB, the limit.`);
      }
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const { message, cause: reason } = cause as Error;
    throw new CommandError(
      `cannot download ${shownUrl(url)} (${reason instanceof Error ? reason.message : message}). Check the address and the network.`,
      1,
      { cause },
    );
  }
}

/** Without user, password and query, which may hold secrets. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function loginRemedy(): string {
  return 'Check the address and that it needs no login.';
}
