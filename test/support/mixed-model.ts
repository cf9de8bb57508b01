import type { JsonTensor } from '@inferserve/conformance';
import { type Artifact, sealArtifact } from '@inferserve/model';

/**
 * A model of all kinds of column, worked out by hand: the score is age/10 (0 where it is missing) + the position
 * of the city (-1 where it is unknown) + 2 for members, and above 3 is "yes".
 */
export function mixedArtifact(): Artifact {
  return sealArtifact({
    name: 'mixed',
    version: '2',
    task: 'classification',
    classes: ['no', 'yes'],
    columns: [
      { type: 'number', name: 'age', nullable: true },
      { type: 'category', name: 'city', values: ['Bonn', 'Köln', ''], unknown: 'accept' },
      { type: 'boolean', name: 'member' },
      { type: 'category', name: 'grade', values: [1, 2], unknown: 'reject', nullable: true },
    ],
    pipeline: [{ type: 'impute', fill: [0, 0, 0, 0] }],
    predictor: { type: 'linear', coefficients: [[0.1, 1, 2, 0]], intercepts: [-3] },
    output: { type: 'sigmoid' },
    verification: {
      tolerance: 1e-12,
      cases: [
        // 3 + 0 + 2 - 3 = 2, and 1 / (1 + e^-2).
        {
          input: [30, 'Bonn', true, 1],
          label: 'yes',
          probabilities: [0.11920292202211755, 0.8807970779778823],
        },
        { input: [null, 'Köln', false, null], label: 'no' },
      ],
    },
    provenance: { source: 'imported' },
  });
}

/** Its first verification case as tensors. */
export function mixedInputs(): readonly JsonTensor[] {
  return [
    { name: 'age', shape: [1, 1], datatype: 'FP64', data: [30] },
    { name: 'city', shape: [1], datatype: 'BYTES', data: ['Bonn'] },
    { name: 'member', shape: [1, 1], datatype: 'BOOL', data: [true] },
    { name: 'grade', shape: [1], datatype: 'INT64', data: [1] },
  ];
}
