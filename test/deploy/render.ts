import { execFileSync, spawnSync } from 'node:child_process';
import { parseAllDocuments } from 'yaml';

/** A document of Kubernetes as far as the rules look into it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** Whether this machine has a kubectl whose kustomize knows components. */
export const hasKustomize =
  spawnSync('kubectl', ['kustomize', 'deploy/kubernetes/example'], { stdio: 'ignore' }).status ===
  0;

/** The documents that a kustomization renders to. */
export function render(folder: string): Manifest[] {
  const text = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' });
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}
