import type { ServedModel } from '@inferserve/inference';

/** A text that stands for a model in all processes: `name@version hash`. */
export function servedAs({ name, version, artifact }: ServedModel): string {
  return `${name}@${version} ${artifact.contentHash}`;
}
