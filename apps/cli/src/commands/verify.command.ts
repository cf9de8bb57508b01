import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Artifact, ArtifactError, compileArtifact, parseArtifact } from '@inferserve/model';
import type { Command } from '../command';
import { CommandError } from '../command.error';
import { onlyFile } from './import.options';
import { table } from './import.report';
import { readInputFile } from './input-file';

const HELP = `Usage: inferserve verify ARTIFACT [options]

Checks an artifact as the server does before it opens its port: members and types, the content hash, and
every verification case, computed again.
ARTIFACT is a model.json, or the directory that holds it.

Options:
  --json       print the findings as JSON
  -h, --help   show this text

Exit code: 0 sound, 1 not sound, 2 wrong call.
`;

/** Checks an artifact. */
export const verifyCommand: Command = {
  name: 'verify',
  summary: 'check an artifact: schema, hash, verification cases',
  help: HELP,
  run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const path = artifactPath(onlyFile(positionals));
    const findings = verify(path);
    process.stdout.write(
      values.json
        ? `${JSON.stringify(findings, null, 2)}\n`
        : table([
            ['model', [`${findings.name} ${findings.version}`]],
            ['hash', [`${findings.contentHash} matches`]],
            [
              'cases',
              [`${findings.cases} reproduced, largest difference ${findings.largestDifference}`],
            ],
            ['verdict', ['sound']],
          ]),
    );
    return 0;
  },
};

function artifactPath(path: string): string {
  return existsSync(path) && statSync(path).isDirectory() ? join(path, 'model.json') : path;
}

function verify(path: string) {
  const text = Buffer.from(readInputFile(path).bytes).toString('utf8');
  try {
    const artifact = parseArtifact(text);
    const { name, version, contentHash, verification } = artifact;
    return {
      name,
      version,
      contentHash,
      cases: verification.cases.length,
      largestDifference: largestDifference(artifact),
    };
  } catch (cause) {
    if (!(cause instanceof ArtifactError || cause instanceof RangeError)) throw cause;
    throw new CommandError(`${path}: ${cause.message}`, 1, { cause });
  }
}

/** Between the stated and the computed probabilities, over all cases. */
function largestDifference(artifact: Artifact): number {
  const classifier = compileArtifact(artifact);
  const differences = artifact.verification.cases.flatMap(({ input, probabilities = [] }) => {
    const computed = classifier.probabilities(input);
    return probabilities.map((stated, k) => Math.abs(stated - (computed?.[k] ?? NaN)));
  });
  return Math.max(0, ...differences);
}
