import { ProgressLine } from './progress-line';

function stream(isTTY?: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

describe('ProgressLine', () => {
  it('replaces itself on a terminal and goes away', () => {
    const terminal = stream(true);
    const line = new ProgressLine(terminal);
    line.show('fit');
    line.show('cross-validation 1/50');
    line.clear();
    line.clear();
    expect(terminal.written).toEqual([
      '\r\u001B[Kfit',
      '\r\u001B[Kcross-validation 1/50',
      '\r\u001B[K',
    ]);
  });

  it.each([undefined, false])('writes nothing where isTTY is %s', (isTTY) => {
    const log = stream(isTTY);
    const line = new ProgressLine(log);
    line.show('fit');
    line.clear();
    expect(log.written).toEqual([]);
  });
});
