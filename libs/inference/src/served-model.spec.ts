import { UnscorableRowError } from '@inferserve/model';
import { irisReference, irisReferenceArtifact } from '../../../test/support/reference-models';
import { doubleArtifact, numberColumn, signArtifact } from '../../../test/support/served-models';
import { ServedModel } from './served-model';

describe(ServedModel.name, () => {
  const iris = new ServedModel(irisReferenceArtifact());

  it('answers every Iris row as scikit-learn does, by name and by position', () => {
    const { X, predict, predictProba } = irisReference();
    for (const [i, values] of X.entries()) {
      const row = Object.fromEntries(values.map((value, j) => [iris.columnNames[j], value]));
      expect(iris.read(row)).toBe(true);
      const byName = iris.answer(true);
      expect(iris.readValues(values)).toBe(true);
      expect(iris.answer(true)).toEqual(byName);
      if (byName.task !== 'classification') throw new Error('not a class');
      expect(byName.classIndex).toBe(predict[i]);
      expect(byName.label).toBe(iris.classes[predict[i]!]);
      for (const [k, p] of byName.probabilities!.entries()) {
        expect(Math.abs(p - predictProba[i]![k]!)).toBeLessThanOrEqual(1e-12);
      }
    }
  });

  it('counts its answers by class, those of a warm-up excepted', () => {
    const model = new ServedModel(signArtifact([numberColumn('x')]));
    for (const x of [1, 2, -1]) {
      model.read({ x });
      expect(model.answer()).not.toHaveProperty('probabilities');
    }
    expect(model.answerCounts).toEqual([1, 2]);
    model.resetCounts();
    expect(model.answerCounts).toEqual([0, 0]);
  });

  it('answers with numbers where the task is regression', () => {
    const model = new ServedModel(doubleArtifact());
    expect([model.task, model.classes, model.hasProbabilities]).toEqual(['regression', [], false]);
    model.read({ x: -0.5 });
    expect(model.answer(true)).toEqual({ task: 'regression', value: -1 });
    expect(model.answerCounts).toEqual([1]);
    model.read({ x: 1.7e308 });
    expect(() => model.answer()).toThrow(UnscorableRowError);
    expect(model.answerCounts).toEqual([1]);
  });

  it('knows itself: columns with schema and example, and an example of the first class', () => {
    const { row, answer } = iris.example;
    expect(Object.keys(row)).toEqual(iris.columnNames);
    expect(answer).toEqual({ task: 'classification', label: iris.classes[0] });
    expect(iris.description.columns.map(({ name }) => name)).toEqual(iris.columnNames);
    expect(iris.description.columns[0]).toMatchObject({
      type: 'number',
      datatype: 'FP64',
      schema: { type: 'number', example: row['sepal_length'] },
    });
  });

  it('estimates the bytes of a row from above, whatever its names and values', () => {
    const city = '"Z\u00fcrich" \u{1f3d4}'.repeat(20);
    const model = new ServedModel(
      signArtifact(
        [
          numberColumn('gr\u00f6\u00dfe'),
          { type: 'category', name: 'city', values: ['a', city], unknown: 'reject' },
        ],
        [1, city],
      ),
    );
    const row = { 'gr\u00f6\u00dfe': -1.7976931348623157e308, city };
    const escaped = JSON.stringify(row, null, 2).replace(
      /[^ -~]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    expect(model.description.rowBytes).toBeGreaterThanOrEqual(escaped.length);
    expect(model.description.rowBytes).toBeLessThan(2 * escaped.length);
  });

  it('is sound as long as it reproduces its first verification case', () => {
    expect(iris.isSound()).toBe(true);
    expect(new ServedModel(doubleArtifact()).isSound()).toBe(true);
  });

  it('is not made of an artifact that does not reproduce its answers', () => {
    const artifact = doubleArtifact();
    if (artifact.task !== 'regression') throw new Error('not a regressor');
    const verification = { tolerance: 1e-12, cases: [{ input: [1.5], value: 4 }] };
    expect(() => new ServedModel({ ...artifact, verification })).toThrow(/expects 4/);
  });
});
