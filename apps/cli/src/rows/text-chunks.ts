import { CommandError } from '../command.error';

/**
 * The text of UTF-8 bytes as they arrive, with line feeds for line ends of every kind.
 * @throws CommandError for any other encoding
 */
export async function* textChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let carriageReturn = '';
  for await (const chunk of bytes) {
    const text = carriageReturn + decode(decoder, chunk);
    // The line feed that belongs to it may be the first character of the next chunk.
    carriageReturn = text.endsWith('\r') ? '\r' : '';
    const whole = carriageReturn === '' ? text : text.slice(0, -1);
    if (whole !== '') yield whole.replace(/\r\n?/g, '\n');
  }
  decode(decoder);
  if (carriageReturn !== '') yield '\n';
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (cause) {
    throw new CommandError('is not UTF-8 text. Save the table in UTF-8.', 1, { cause });
  }
}
