import { readFileSync } from 'node:fs';
import { irisReferenceArtifact } from '../../../test/support/reference-models';
import type { Artifact } from './artifact';
import { ArtifactError } from './artifact.error';
import { formatArtifact } from './format-artifact';
import { parseArtifact } from './parse-artifact';
import { contentHash } from './content-hash';

const valid = formatArtifact(irisReferenceArtifact());

type Mutable = { [key: string]: Mutable } & Mutable[];

/** The text after a change that a careful forger would also seal. */
function changed(change: (document: Mutable) => void): string {
  const document = JSON.parse(valid) as Mutable;
  change(document);
  return JSON.stringify({ ...document, contentHash: contentHash(document) });
}

function set(path: string, value: unknown): (document: Mutable) => void {
  return (document) => {
    const keys = path.split('.');
    const last = keys.pop()!;
    const parent = keys.reduce((node, key) => node[key]!, document);
    if (value === undefined) delete parent[last];
    else parent[last] = value as Mutable;
  };
}

function faultOf(text: string): ArtifactError {
  try {
    parseArtifact(text);
  } catch (error) {
    if (error instanceof ArtifactError) return error;
    throw error;
  }
  throw new Error('the artifact was accepted');
}

describe(parseArtifact.name, () => {
  test('reads what formatArtifact writes, bit for bit', () => {
    const artifact: Artifact = parseArtifact(valid);
    expect(artifact).toEqual(irisReferenceArtifact());
    expect(formatArtifact(artifact)).toBe(valid);
  });

  test.each([
    ['format', 'other', 'format'],
    ['schemaVersion', 2, 'schemaVersion'],
    ['name', 'No Good', 'name'],
    ['version', '../1', 'version'],
    ['surprise', 1, 'artifact'],
    ['model', undefined, 'artifact'],
    ['model', [], 'model'],
    ['input.features', [], 'input.features'],
    ['input.features.1.name', 'sepal_length', 'input.features[1].name'],
    ['input.features.1.name', '__proto__', 'input.features[1].name'],
    ['input.features.0.observedMin', '4.3', 'input.features[0].observedMin'],
    ['preprocessing.0.type', 'whiten', 'preprocessing[0]'],
    ['preprocessing.0.center', [1, 2, 3], 'preprocessing[0].center'],
    ['preprocessing.0.scale.2', 0, 'preprocessing[0].scale[2]'],
    ['preprocessing.0.scale.2', -1, 'preprocessing[0].scale[2]'],
    ['preprocessing.0.scale.2', null, 'preprocessing[0].scale[2]'],
    ['classes', ['one'], 'classes'],
    ['classes.1', 'setosa', 'classes[1]'],
    ['classes.1', 1.5, 'classes[1]'],
    ['classes.1', null, 'classes[1]'],
    ['model.type', 'tree', 'model.type'],
    ['model.coefficients.2', [1, 2, 3], 'model.coefficients[2]'],
    ['model.coefficients.0.1', '1', 'model.coefficients[0][1]'],
    ['model.coefficients', [[1, 2, 3, 4]], 'model.coefficients'],
    ['model.intercepts', [0, 0], 'model.intercepts'],
    ['model.probability', 'sigmoid', 'model.probability'],
    ['model.probability', 'guess', 'model.probability'],
    ['model.temperature', 0, 'model.temperature'],
    ['metrics', { test: { accuracy: 1.5 } }, 'metrics.test.accuracy'],
    ['metrics', { test: { confusionMatrix: [[1]] } }, 'metrics.test.confusionMatrix'],
    ['verification.tolerance', 1, 'verification.tolerance'],
    ['verification.cases', [], 'verification.cases'],
    ['verification.cases.0.input', [1, 2], 'verification.cases[0].input'],
    ['verification.cases.0.label', 'rose', 'verification.cases[0].label'],
    ['verification.cases.0.probabilities', [1, 0], 'verification.cases[0].probabilities'],
    ['verification.cases.0.probabilities.0', 1.1, 'verification.cases[0].probabilities[0]'],
    ['provenance.source', 'found', 'provenance.source'],
    ['provenance.warnings', [1], 'provenance.warnings[0]'],
    [
      'provenance.sourceFiles',
      [{ name: 'm.pkl', sha256: 'abc' }],
      'provenance.sourceFiles[0].sha256',
    ],
    ['training', 'long ago', 'training'],
    ['description', 7, 'description'],
  ])('refuses %s = %j and names the place', (path, value, place) => {
    expect(faultOf(changed(set(path, value))).place).toBe(place);
  });

  test('refuses a number that JSON cannot hold', () => {
    const text = valid.replace(/"tolerance": [^,]+/, '"tolerance": 1e400');
    expect(faultOf(text).place).toBe('verification.tolerance');
  });

  test('reads the other kinds of step', () => {
    const affine = { type: 'affine', multiply: [1, 1, 1, 1], add: [0, 0, 0, 0], clip: [0, 1] };
    expect(() => parseArtifact(changed(set('preprocessing', [affine])))).not.toThrow();
    const backwards = { ...affine, clip: [1, 0] };
    expect(faultOf(changed(set('preprocessing', [backwards]))).place).toBe('preprocessing[0].clip');
    const centred = { type: 'standardize', center: null, scale: null };
    expect(() => parseArtifact(changed(set('preprocessing', [centred])))).not.toThrow();
  });

  test('refuses a softmax over one row of coefficients', () => {
    const text = changed((document) => {
      set('classes', [false, true])(document);
      set('model.coefficients', [[1, 2, 3, 4]])(document);
      set('model.intercepts', [0])(document);
      set('verification.cases', [{ input: [1, 1, 1, 1], label: true }])(document);
    });
    expect(faultOf(text).place).toBe('model.probability');
  });

  test('refuses one changed digit by the hash, and says what to do', () => {
    const fault = faultOf(valid.replace('5.8091', '5.8092'));
    expect(fault.place).toBe('contentHash');
    expect(fault.message).toContain('Train or import the model again');
  });

  test('refuses what is nested without end', () => {
    const deep = valid.replace(
      '"provenance"',
      `"training": {"x": ${'['.repeat(50_000)}${']'.repeat(50_000)}}, "provenance"`,
    );
    expect(faultOf(deep).problem).toContain('nested');
  });

  test.each(['', '{', 'null', '[]', '"text"'])('refuses %j, which is no artifact', (text) => {
    expect(faultOf(text).place).toBe('artifact');
  });

  test('agrees with another program on the hash', () => {
    // Its hash was computed by another program, over the same canonical form.
    const example = readFileSync('test/reference/artifact.example.json', 'utf8');
    expect(() => parseArtifact(example)).not.toThrow();
  });
});
