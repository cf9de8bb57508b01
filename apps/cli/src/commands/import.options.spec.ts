import { CommandError } from '../command.error';
import { parseImportOptions } from './import.options';

describe('parseImportOptions', () => {
  it('has defaults', () => {
    expect(parseImportOptions(['m.joblib', '--name', 'churn'])).toEqual({
      file: 'm.joblib',
      name: 'churn',
      version: undefined,
      scaler: undefined,
      features: undefined,
      classes: undefined,
      select: undefined,
      check: undefined,
      label: undefined,
      minAccuracy: undefined,
      artifactsDir: 'artifacts',
      dryRun: false,
      json: false,
      force: false,
    });
  });

  it('takes names between commas, quoted ones too', () => {
    const options = parseImportOptions([
      'm',
      '--name=a',
      '--features',
      'x, y,"length, cm"',
      '--classes=no,yes',
    ]);
    expect(options.features).toEqual(['x', 'y', 'length, cm']);
    expect(options.classes).toEqual(['no', 'yes']);
  });

  it('tells a scaler from the statement that there is none', () => {
    expect(parseImportOptions(['m', '--name=a', '--scaler', 's.pkl']).scaler).toEqual({
      path: 's.pkl',
    });
    expect(parseImportOptions(['m', '--name=a', '--no-scaler']).scaler).toBe('none');
  });

  it.each([
    [['m'], '--name is missing'],
    [['m', '--name', '../x'], 'is not a name'],
    [['m', '--name', 'Churn'], 'is not a name'],
    [['--name', 'a'], 'expected one file, not 0'],
    [['m', 'n', '--name', 'a'], 'expected one file, not 2'],
    [['m', '--name=a', '--version', '../1'], 'is not a version'],
    [['m', '--name=a', '--scaler=s', '--no-scaler'], 'exclude each other'],
    [['m', '--name=a', '--features', 'x,,y'], '--features has an empty name'],
    [['m', '--name=a', '--min-accuracy', '0.9'], 'need --check'],
    [['m', '--name=a', '--check=c', '--min-accuracy', '90'], 'is not a share'],
  ])('refuses %j with exit code 2', (args, reason) => {
    expect(() => parseImportOptions(args)).toThrow(
      expect.objectContaining({
        name: CommandError.name,
        exitCode: 2,
        message: expect.stringContaining(reason),
      }),
    );
  });

  it('leaves unknown options to parseArgs', () => {
    expect(() => parseImportOptions(['m', '--nam=a'])).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^ERR_PARSE_ARGS/) }),
    );
  });
});
