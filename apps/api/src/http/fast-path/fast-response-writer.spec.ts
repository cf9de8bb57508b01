import { ServedModel } from '@inferserve/inference';
import { type Answer, sealArtifact } from '@inferserve/model';
import {
  doubleArtifact,
  signArtifact,
  numberColumn,
} from '../../../../../test/support/served-models';
import { ResponseWriter } from '../../protocols/native/response-writer';
import { FastResponseWriter } from './fast-response-writer';
import { JsonText } from './json-text';

const plain = new ResponseWriter();
const fast = new FastResponseWriter();
const textOf = (body: object): string =>
  body instanceof JsonText ? body.text : JSON.stringify(body);

const {
  contentHash: _,
  format: _f,
  schemaVersion: _s,
  ...content
} = signArtifact([numberColumn('x')]);
const labelled = (classes: (string | number | boolean)[]): ServedModel =>
  new ServedModel(
    sealArtifact({
      ...content,
      task: 'classification',
      classes,
      output: { type: 'sigmoid' },
      verification: { tolerance: 1e-12, cases: [{ input: [1], label: classes[1]! }] },
    }),
  );

describe(FastResponseWriter.name, () => {
  test.each([
    [['no', 'yes']],
    [['"quoted"', 'é\u2028\\']],
    [[false, true]],
    [[-3, 7]],
    [['__proto__', 'toString']],
  ])('writes what JSON.stringify writes for the classes %j', (classes) => {
    const model = labelled(classes);
    const answers: Answer[] = classes.map((label, classIndex) => ({
      task: 'classification',
      classIndex,
      label,
      ...(classIndex === 0 && { probabilities: Float64Array.of(1 - 1e-21, 1e-21) }),
    }));
    for (const answer of answers) {
      for (const added of [undefined, { explanation: { base: 1 }, warnings: ['"w"'] }]) {
        // Objects put keys that are whole numbers first, so the bytes can differ.
        expect(JSON.parse(textOf(fast.row(model, answer, added)))).toEqual(
          JSON.parse(textOf(plain.row(model, answer, added))),
        );
      }
    }
    const [one, other] = [fast, plain].map((writer) => {
      const batch = writer.batch(model);
      batch.answer(answers[0]!);
      batch.faults([{ loc: ['body', 'instances', 1], msg: 'm "x"', type: 't' }]);
      batch.answer(answers[1]!, { warnings: [] });
      batch.answer(answers[1]!);
      return textOf(batch.end());
    });
    expect(JSON.parse(one!)).toEqual(JSON.parse(other!));
  });

  test.each([0, -0, 1.5, 1e21, 5e-324, -1.7976931348623157e308])(
    'writes the number %d',
    (value) => {
      const model = new ServedModel(doubleArtifact());
      const text = textOf(fast.row(model, { task: 'regression', value }));
      expect(text).toBe(JSON.stringify({ predicted_value: value }));
      expect(textOf(plain.row(model, { task: 'regression', value }))).toBe(text);
    },
  );

  test('an empty batch', () => {
    expect(textOf(fast.batch(labelled(['a', 'b'])).end())).toBe('{"predictions":[]}');
  });
});
