import { textChunks } from './text-chunks';

async function textOf(...chunks: readonly (readonly number[] | string)[]): Promise<string> {
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk as string);
  }
  let text = '';
  for await (const part of textChunks(bytes())) text += part;
  return text;
}

describe('textChunks', () => {
  it.each([
    [['a\r\nb\rc\nd'], 'a\nb\nc\nd'],
    [['a\r', '\nb'], 'a\nb'],
    [['a\r', 'b\r'], 'a\nb\n'],
    [['a\r', '\r', '\n'], 'a\n\n'],
    [[], ''],
  ])('ends the lines of %j with line feeds', async (chunks, expected) => {
    expect(await textOf(...chunks)).toBe(expected);
  });

  it('keeps a character together that is cut by the end of a chunk', async () => {
    const bytes = [...Buffer.from('é漢😀')];
    for (let at = 0; at <= bytes.length; at++) {
      expect(await textOf(bytes.slice(0, at), bytes.slice(at))).toBe('é漢😀');
    }
  });

  it.each([[[[0xe9]]], [[[0x61, 0xe9], [0x62]]]])(
    'rejects %j, which is not UTF-8',
    async (chunks) => {
      await expect(textOf(...chunks)).rejects.toThrow('is not UTF-8 text');
    },
  );
});
