import { urlToHttpOptions } from 'node:url';
import { CommandError } from '../command.error';

const MIB = 2 ** 20;
const TIMEOUT_MS = 10 * 60_000;

/** How much may come, and what is sent along. */
export interface DownloadOptions {
  readonly maxBytes: number;
  /** Fetch drops `authorization` where a redirect leads to another origin. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What to do about an answer other than 2xx; "Check the address and its login." by default. */
  readonly remedyFor?: (status: number) => string;
}

/**
 * The bytes at an http or https address, within ten minutes. User and password in it are sent as a login.
 * @throws CommandError where they cannot be had, or are more than `maxBytes`
 */
export async function download(
  url: string,
  { maxBytes, headers, remedyFor = loginRemedy }: DownloadOptions,
): Promise<Uint8Array> {
  if (!URL.canParse(url)) {
    throw new CommandError('the address is not valid. Write it as https://HOST/PATH.', 2);
  }
  const tooLarge = (): CommandError =>
    new CommandError(`${shownUrl(url)} has more than ${maxBytes / MIB} MiB, the limit.`);
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const { address, login } = withoutLogin(url);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(address, { headers: { ...login, ...headers }, signal });
    const { ok, status } = response;
    if (!ok || Number(response.headers.get('content-length')) > maxBytes) {
      await response.body?.cancel();
      if (ok) throw tooLarge();
      throw new CommandError(`${shownUrl(url)} answers with ${status}. ${remedyFor(status)}`);
    }
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > maxBytes) throw tooLarge();
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

/** Fetch takes no address with a login in it, and shows it in its refusal. */
function withoutLogin(url: string): {
  readonly address: URL;
  readonly login?: { readonly authorization: string };
} {
  const address = new URL(url);
  const { auth } = urlToHttpOptions(address);
  [address.username, address.password] = ['', ''];
  if (!auth) return { address };
  return { address, login: { authorization: `Basic ${Buffer.from(auth).toString('base64')}` } };
}

function loginRemedy(): string {
  return 'Check the address and its login.';
}
