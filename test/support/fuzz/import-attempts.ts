import { importModel, inspectFile, ModelImportError } from '@inferserve/model-import';
import { decodeAll } from '../decode-all';

/** Of processor time. What is meant is 100, which `slowestMs` is to stay below; a slow machine must not fail. */
export const MAX_MS = 1000;

/** Processor time of this process: what else the machine does is not counted. */
export function cpuMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** As a patient user: names as many features as the first refusal asks for. */
export function tryImport(bytes: Uint8Array): void {
  const file = { name: 'fuzz', bytes };
  const options = { file, scaler: 'none', name: 'fuzz', version: '1', importer: 'test' } as const;
  try {
    importModel(options);
  } catch (error) {
    const asked = /does not name its (\d+) features/.exec(String(error));
    if (!asked) throw error;
    importModel({
      ...options,
      features: Array.from({ length: Number(asked[1]) }, (_, j) => `x${j}`),
    });
  }
}

/** Imports and inspects anything, and counts what came of it. */
export class ImportAttempts {
  readonly outcomes = { inputs: 0, refused: 0, imported: 0, slowestMs: 0 };

  /** Anything but a refusal or a sound import fails, and so does one that takes too long. */
  attempt(bytes: Uint8Array): void {
    const { outcomes } = this;
    outcomes.inputs++;
    const start = process.cpuUsage();
    for (const read of [tryImport, inspectFile, decodeAll]) {
      try {
        read(bytes);
        if (read === tryImport) outcomes.imported++;
      } catch (error) {
        if (!(error instanceof ModelImportError)) throw error;
        if (read === tryImport) outcomes.refused++;
        expect(error.remedy).not.toBe('');
      }
    }
    const ms = cpuMs(start);
    outcomes.slowestMs = Math.max(outcomes.slowestMs, ms);
    expect(ms).toBeLessThan(MAX_MS);
  }
}
