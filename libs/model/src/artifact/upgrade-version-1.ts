import * as v from 'valibot';
import { FORMAT, VERSION_1_FORMAT } from './artifact-formats';
import { ArtifactError } from './artifact.error';
import { contentHash } from './content-hash';
import { faultOf } from './schema-fault';

/** The names of version 1 for how scores become probabilities, and the outputs that they are now. */
const OUTPUTS = new Map([
  ['softmax', 'softmax'],
  ['sigmoid', 'sigmoid'],
  ['softmax-pm', 'softmax-symmetric'],
  ['ovr-normalized', 'ovr-normalized'],
  ['modified-huber', 'modified-huber'],
  ['none', 'scores-only'],
]);

/** As much of version 1 as the conversion has to rely on; version 2 checks the rest. */
const version1Schema = v.looseObject({
  schemaVersion: v.literal(1),
  input: v.strictObject({ features: v.array(v.looseObject({})) }),
  preprocessing: v.array(v.unknown()),
  model: v.looseObject({
    type: v.literal('linear'),
    probability: v.picklist([...OUTPUTS.keys()]),
  }),
});

/** Whether a document is an artifact of version 1, which knew linear classifiers only. */
export function isVersion1(document: Readonly<Record<string, unknown>>): boolean {
  return document.format === VERSION_1_FORMAT;
}

/**
 * The same model as a version 2 document, with a content hash of its own.
 * @throws ArtifactError where it does not even have the members of version 1
 */
export function upgradeVersion1(document: unknown): Readonly<Record<string, unknown>> {
  const result = v.safeParse(version1Schema, document, { abortEarly: true });
  if (!result.success) throw faultOf(result.issues[0]);
  const {
    format: _,
    schemaVersion: __,
    contentHash: ___,
    input,
    preprocessing,
    model,
    ...rest
  } = result.output;
  const { type, probability, temperature, ...weights } = model;
  const output = OUTPUTS.get(probability);
  if (temperature !== undefined && output !== 'softmax') {
    throw new ArtifactError('model.temperature', 'is for "softmax" only');
  }
  const upgraded = {
    format: FORMAT,
    schemaVersion: 2,
    task: 'classification',
    ...rest,
    columns: input.features.map((feature) => ({ type: 'number', ...feature })),
    pipeline: preprocessing,
    predictor: { type, ...weights },
    output: { type: output, ...(temperature !== undefined && { temperature }) },
  };
  return { ...upgraded, contentHash: contentHash(upgraded) };
}
