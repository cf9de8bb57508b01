import type { Artifact } from '@inferserve/model';

/** A row that the model takes, as JSON: the first verification case of its first class. */
export function exampleRow(artifact: Artifact): string {
  const { columns, verification } = artifact;
  const [first] = verification.cases;
  const stated =
    artifact.task === 'classification'
      ? (artifact.verification.cases.find(({ label }) => label === artifact.classes[0]) ?? first)
      : first;
  const entries = columns.map(({ name }, j) => [name, stated?.input[j]]);
  return JSON.stringify(Object.fromEntries(entries));
}
