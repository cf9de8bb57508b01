import { CommandError } from '../command.error';

/** The text of a UTF-8 file. @throws CommandError for any other encoding */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new CommandError('is not UTF-8 text. Save the table as CSV in UTF-8.', 1, { cause });
  }
}
