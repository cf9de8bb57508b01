import { expectRows, runTransform } from '../../../../test/support/run-transform';
import { apply, APPLIED_FUNCTIONS, type AppliedFunction } from './apply';

const NAN = Number.NaN;
const row = [-2.5, -0.5, 0, 0.5, 3.7];

/** What numpy 2.4 gives for `row`. */
const EXPECTED: Partial<Record<AppliedFunction, readonly number[]>> = {
  absolute: [2.5, 0.5, 0, 0.5, 3.7],
  cbrt: [-1.3572088082974534, -0.7937005259840998, 0, 0.7937005259840998, 1.5466803737720354],
  ceil: [-2, 0, 0, 1, 4],
  deg2rad: [
    -0.04363323129985824, -0.008726646259971648, 0, 0.008726646259971648, 0.0645771823237902,
  ],
  exp: [0.0820849986238988, 0.6065306597126334, 1, 1.6487212707001282, 40.4473043600674],
  exp2: [0.1767766952966369, 0.7071067811865476, 1, 1.4142135623730951, 12.99603834169977],
  expm1: [-0.9179150013761012, -0.3934693402873666, 0, 0.6487212707001282, 39.4473043600674],
  floor: [-3, -1, 0, 0, 3],
  log: [NAN, NAN, -Infinity, -0.6931471805599453, 1.308332819650179],
  log10: [NAN, NAN, -Infinity, -0.3010299956639812, 0.568201724066995],
  log1p: [NAN, -0.6931471805599453, 0, 0.4054651081081644, 1.547562508716013],
  log2: [NAN, NAN, -Infinity, -1, 1.8875252707415875],
  negative: [2.5, 0.5, 0, -0.5, -3.7],
  rad2deg: [-143.2394487827058, -28.64788975654116, 0, 28.64788975654116, 211.99438419840462],
  reciprocal: [-0.4, -2, Infinity, 2, 0.27027027027027023],
  rint: [-2, 0, 0, 0, 4],
  sign: [-1, -1, 0, 1, 1],
  sqrt: [NAN, NAN, 0, 0.7071067811865476, 1.9235384061671346],
  square: [6.25, 0.25, 0, 0.25, 13.690000000000001],
  tanh: [-0.9866142981514303, -0.46211715726000974, 0, 0.46211715726000974, 0.9987782412811311],
  trunc: [-2, 0, 0, 0, 3],
};

describe(apply.type, () => {
  test.each(Object.entries(EXPECTED))('%s as numpy', (name, expected) => {
    const step = { type: 'apply', function: name as AppliedFunction } as const;
    expectRows(runTransform(step, [row]), [expected]);
    expectRows(runTransform(step, [row], 'sparse'), [expected]);
  });

  test.each(APPLIED_FUNCTIONS)('%s of a missing value is missing', (name) => {
    expect(runTransform({ type: 'apply', function: name }, [[NAN]])).toEqual([[NAN]]);
  });
});
