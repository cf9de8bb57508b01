import { open, rename, rm } from 'node:fs/promises';
import { fileRemedy } from '@inferserve/model-store';
import { CommandError } from '../command.error';
import type { OutputStream } from '../terminal/terminal';

/** Where a long text goes, piece by piece. */
export interface TextOutput {
  /** Resolves once more may be written. */
  write(text: string): Promise<void>;
  /** Makes it complete. */
  end(): Promise<void>;
  /** Leaves nothing behind, where that is possible. */
  abort(): Promise<void>;
}

/** Writes to a stream, at the speed of whoever reads it. */
export function streamOutput(stream: OutputStream): TextOutput {
  return {
    async write(text) {
      if (stream.write(text) !== false || !stream.once) return;
      await new Promise<void>((resolve) => stream.once!('drain', resolve));
    },
    end: async () => undefined,
    abort: async () => undefined,
  };
}

/**
 * Writes a file that appears under its name once it is complete.
 * @throws CommandError where it cannot be written
 */
export async function fileOutput(path: string): Promise<TextOutput> {
  const unfinished = `${path}.${process.pid}.part`;
  const failed = (cause: unknown): never => {
    throw new CommandError(
      `cannot write ${path} (${(cause as Error).message}). ${fileRemedy(cause)}.`,
      1,
      { cause },
    );
  };
  const file = await open(unfinished, 'w').catch(failed);
  return {
    // All of it or an error: `write` of a disk that is nearly full says how much it took.
    write: (text) => file.appendFile(text).catch(failed),
    async end() {
      await file.close().catch(failed);
      await rename(unfinished, path).catch(failed);
    },
    async abort() {
      await file.close();
      await rm(unfinished, { force: true });
    },
  };
}
