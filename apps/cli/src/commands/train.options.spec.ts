import { CommandError } from '../command.error';
import { parseTrainOptions } from './train.options';

describe('parseTrainOptions', () => {
  it('has defaults', () => {
    expect(parseTrainOptions([])).toEqual({
      artifactsDir: 'artifacts',
      imagesDir: 'images',
      version: '1',
      check: false,
    });
  });

  it('takes every option', () => {
    expect(
      parseTrainOptions([
        '--artifacts-dir',
        'a',
        '--images-dir=b',
        '--version',
        '2.0-rc.1',
        '--check',
      ]),
    ).toEqual({ artifactsDir: 'a', imagesDir: 'b', version: '2.0-rc.1', check: true });
  });

  it.each([
    [['--version', '']],
    [['--version', '../../etc']],
    [['--version=.hidden']],
    [['--version', 'a b']],
    [['--version', 'v'.repeat(65)]],
    [['--artifacts-dir', '']],
    [['--images-dir', '  ']],
  ])('refuses %j with exit code 2', (args) => {
    let error: unknown;
    try {
      parseTrainOptions(args);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CommandError);
    expect((error as CommandError).exitCode).toBe(2);
    expect((error as CommandError).message).toContain(args[0]!.split('=')[0]);
  });

  it.each([[['--chek']], [['extra']], [['--version']], [['--check=yes']]])(
    'leaves %j to parseArgs',
    (args) => {
      expect(() => parseTrainOptions(args)).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^ERR_PARSE_ARGS/) }),
      );
    },
  );
});
