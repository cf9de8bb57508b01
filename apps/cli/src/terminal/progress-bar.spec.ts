import { ProgressBar } from './progress-bar';

const CLEAR = '\r\u001B[K';

async function draw(size: number | undefined, isTTY: boolean, isShown = true): Promise<string> {
  let text = '';
  let now = 0;
  const stream = { isTTY, write: (part: string) => (text += part) };
  const bar = new ProgressBar(stream, isShown, () => now);
  async function* bytes() {
    for (let i = 0; i < 4; i++) yield Buffer.alloc(25);
  }
  for await (const _ of bar.watch(bytes(), size)) {
    bar.add(1000);
    now += 60;
  }
  bar.clear();
  return text;
}

describe('ProgressBar', () => {
  it('shows the share of the bytes and the rows, at most ten times a second', async () => {
    expect(await draw(100, true)).toBe(
      `${CLEAR}[######------------------]  25 %  1,000 rows` +
        `${CLEAR}[##################------]  75 %  3,000 rows${CLEAR}`,
    );
  });

  it('shows the rows alone where the size is unknown', async () => {
    expect(await draw(undefined, true)).toBe(`${CLEAR}1,000 rows${CLEAR}3,000 rows${CLEAR}`);
  });

  it('writes nothing where there is no terminal, or the results go there', async () => {
    expect(await draw(100, false)).toBe('');
    expect(await draw(100, true, false)).toBe('');
  });
});
