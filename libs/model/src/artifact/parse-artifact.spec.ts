import { readFileSync } from 'node:fs';
import { irisReferenceArtifact } from '../../../../test/support/reference-models';
import type { Artifact } from './artifact';
import { ArtifactError } from './artifact.error';
import { formatArtifact } from './format-artifact';
import { parseArtifact } from './parse-artifact';
import { compileArtifact } from '../compile/compile-artifact';
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
    ['schemaVersion', 3, 'schemaVersion'],
    ['name', 'No Good', 'name'],
    ['version', '../1', 'version'],
    ['surprise', 1, 'artifact'],
    ['task', 'ranking', 'task'],
    ['predictor', undefined, 'artifact'],
    ['predictor', [], 'predictor.type'],
    ['columns', [], 'columns'],
    ['columns.1.name', 'sepal_length', 'columns'],
    ['columns.1.name', '__proto__', 'columns[1].name'],
    ['columns.1.name', '', 'columns[1].name'],
    ['columns.1.type', 'colour', 'columns[1].type'],
    ['columns.0.observedMin', '4.3', 'columns[0].observedMin'],
    ['pipeline.0.type', 'whiten', 'pipeline[0].type'],
    ['pipeline.0.center', 'one', 'pipeline[0].center'],
    ['pipeline.0.scale.2', null, 'pipeline[0].scale[2]'],
    ['pipeline.0.scale.2', '1', 'pipeline[0].scale[2]'],
    ['pipeline.0.scale', { dtype: 'float64', shape: [4] }, 'pipeline[0].scale'],
    ['pipeline.0.scale', { dtype: 'float64', shape: [4], data: 'AAAA' }, 'pipeline[0].scale'],
    ['classes', ['one'], 'classes'],
    ['classes.1', 'setosa', 'classes'],
    ['classes.1', 1.5, 'classes[1]'],
    ['classes.1', null, 'classes[1]'],
    ['predictor.type', 'oracle', 'predictor.type'],
    ['predictor.coefficients.0.1', '1', 'predictor.coefficients[0][1]'],
    ['output.type', 'guess', 'output.type'],
    ['output.temperature', 0, 'output.temperature'],
    ['metrics', { test: { accuracy: 1.5 } }, 'metrics.test.accuracy'],
    ['metrics', { test: { confusionMatrix: [[-1]] } }, 'metrics.test.confusionMatrix[0][0]'],
    ['metrics', { test: { f2: 1 } }, 'metrics.test'],
    ['metrics', { test: { file: 7 } }, 'metrics.test.file'],
    ['metrics', { test: { pairs: [[1]] } }, 'metrics.test.pairs[0][1]'],
    ['metrics', { test: { pairs: [[1, null]] } }, 'metrics.test.pairs[0][1]'],
    ['metrics', { test: { pairs: [[1, 2, 3]] } }, 'metrics.test.pairs[0][2]'],
    [
      'metrics',
      { test: { pairs: Array.from({ length: 201 }, () => [1, 2]) } },
      'metrics.test.pairs',
    ],
    ['verification.tolerance', 1, 'verification.tolerance'],
    ['verification.cases', [], 'verification.cases'],
    ['verification.cases.0.input', 7, 'verification.cases[0].input'],
    ['verification.cases.0.input.1', {}, 'verification.cases[0].input[1]'],
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
  ])('refuses %s = %j and names the path', (path, value, place) => {
    expect(faultOf(changed(set(path, value))).path).toBe(place);
  });

  test('refuses a number that JSON cannot hold', () => {
    const text = valid.replace(/"tolerance": [^,]+/, '"tolerance": 1e400');
    expect(faultOf(text).path).toBe('contentHash');
  });

  test('reads the other kinds of step', () => {
    const affine = { type: 'affine', multiply: [1, 1, 1, 1], add: [0, 0, 0, 0], clip: [0, 1] };
    expect(() => parseArtifact(changed(set('pipeline', [affine])))).not.toThrow();
    const backwards = { ...affine, clip: [1, 0] };
    expect(faultOf(changed(set('pipeline', [backwards]))).path).toBe('pipeline[0].clip');
    const branches = { type: 'branches', branches: [{ columns: [0], pipeline: [backwards] }] };
    expect(faultOf(changed(set('pipeline', [branches]))).path).toBe(
      'pipeline[0].branches[0].pipeline[0].clip',
    );
  });

  test('refuses one changed digit by the hash, and says what to do', () => {
    const fault = faultOf(valid.replace('5.8091', '5.8092'));
    expect(fault.path).toBe('contentHash');
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
    expect(faultOf(text).path).toBe('artifact');
  });

  describe('version 1', () => {
    // Its hash was computed by another program, over the same canonical form.
    const text = readFileSync('test/reference/artifact.example.json', 'utf8');

    test('is converted to the same model', () => {
      const old = JSON.parse(text) as Mutable;
      const artifact = parseArtifact(text);
      expect(artifact).toMatchObject({
        format: 'inferserve-model',
        schemaVersion: 2,
        name: old.name,
        task: 'classification',
        classes: old.classes,
        pipeline: old.preprocessing,
        output: { type: 'softmax' },
      });
      expect(parseArtifact(formatArtifact(artifact))).toEqual(artifact);
      expect(() => compileArtifact(artifact)).not.toThrow();
    });

    test('is refused by its own hash', () => {
      expect(faultOf(text.replace('"name": "', '"name": "x')).path).toBe('contentHash');
    });
  });
});
