import { Command } from 'commander';
import {
  type Artifact,
  ArtifactError,
  type ClassAnswer,
  compileArtifact,
  type NumberAnswer,
  parseArtifact,
} from '@inferserve/model';
import { CommandError } from '../command.error';
import { findArtifact } from '../files/find-artifact';
import { readInputFile } from '../files/input-file';
import { artifactsDirOption } from '../options/artifacts-dir.option';
import { jsonOption } from '../options/json.option';
import { displayPath } from '../terminal/display-path';
import { printable } from '../terminal/printable';
import { table } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';

interface VerifyOptions {
  readonly artifactsDir: string;
  readonly json?: boolean;
}

/** `inferserve verify`: checks an artifact as the server does before it opens its port. */
export function createVerifyCommand({ stdout }: Terminal): Command {
  return new Command('verify')
    .description(
      'Checks an artifact as the server does before it opens its port: its schema, its content hash and every ' +
        'verification case, computed again.',
    )
    .argument(
      '<artifact>',
      'a model.json, the folder of a version or of a model, or NAME or NAME@VERSION from the artifacts directory',
    )
    .addOption(artifactsDirOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExit code: 0 valid, 1 not valid, 2 invalid arguments.')
    .action(async (artifact: string, { artifactsDir, json }: VerifyOptions) => {
      const findings = verify((await findArtifact(artifact, artifactsDir)).location);
      stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : printable(report(findings)));
    });
}

type Findings = ReturnType<typeof verify>;

function report(findings: Findings): string {
  const { name, version, path, contentHash, cases, largestDifference } = findings;
  return table([
    ['model', [`${name} ${version}`]],
    ['file', [displayPath(path)]],
    ['hash', [`${contentHash} matches`]],
    ['cases', [`${cases} reproduced, largest difference ${largestDifference}`]],
    ['result', ['valid']],
  ]);
}

function verify(path: string) {
  const text = Buffer.from(readInputFile(path).bytes).toString('utf8');
  try {
    const artifact = parseArtifact(text);
    const { name, version, contentHash, verification } = artifact;
    return {
      name,
      version,
      path,
      contentHash,
      cases: verification.cases.length,
      largestDifference: largestDifference(artifact),
    };
  } catch (cause) {
    if (!(cause instanceof ArtifactError || cause instanceof RangeError)) throw cause;
    throw new CommandError(`${displayPath(path)}: ${cause.message}`, 1, { cause });
  }
}

/** Between the stored and the computed probabilities or values, over all verification cases. */
function largestDifference(artifact: Artifact): number {
  const model = compileArtifact(artifact);
  const differences = artifact.verification.cases.flatMap((stated) => {
    const answer = model.score(stated.input);
    if ('value' in stated) return [Math.abs(stated.value - (answer as NumberAnswer).value)];
    const computed = (answer as ClassAnswer).probabilities;
    return (stated.probabilities ?? []).map((p, k) => Math.abs(p - (computed?.[k] ?? NaN)));
  });
  return Math.max(0, ...differences);
}
