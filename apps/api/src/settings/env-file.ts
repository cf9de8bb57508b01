/** A value without quotes that holds a # right after other text, without a space before it. */
const GLUED_HASH = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(?!['"`])[^#\r\n]*[^\s#=]#/;

/**
 * What makes a .env file mean something else than it shows; empty for a good file.
 * @param bytes the file's contents
 */
export function envFileFaults(bytes: Buffer): readonly string[] {
  if (isUtf16(bytes)) {
    return [
      'is UTF-16 text, which > writes in Windows PowerShell, and would be ignored. ' +
        'Save it as UTF-8, for example with Out-File -Encoding utf8',
    ];
  }
  return bytes
    .toString('utf8')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      const variable = GLUED_HASH.exec(line)?.[1];
      return variable === undefined
        ? []
        : [
            `line ${index + 1}: the value of ${variable} holds a #, where it would be cut off. ` +
              `Put the value in single quotes: ${variable}='…'`,
          ];
    });
}

function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.subarray(0, 2).toString('hex');
  // Without a byte order mark every other byte of ASCII text is 0, and no text has a 0 otherwise.
  return mark === 'fffe' || mark === 'feff' || bytes.includes(0);
}
