import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { envFileFaults } from './env-file';
import type { Environment } from './environment';
import { InvalidEnvironmentError } from './invalid-environment.error';
import { parseEnvironment, type Variables } from './parse-environment';
import { SETTINGS } from './settings.table';

/**
 * The settings behind these variables, with the checks that need the machine: that the file they may come
 * from can be read as meant, and that the name to listen on resolves.
 * @throws InvalidEnvironmentError that names every bad variable at once
 */
export async function loadEnvironment(variables: Variables, envFile: string): Promise<Environment> {
  const inFile = envFileFaults(await bytesOf(envFile));
  // Variables out of a file that is read wrongly say nothing.
  if (inFile.length > 0) {
    throw new InvalidEnvironmentError(inFile.map((fault) => `${envFile}: ${fault}`));
  }
  return parseEnvironment(variables, await hostFault(variables));
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch {
    // Most deployments have none.
    return Buffer.alloc(0);
  }
}

async function hostFault(variables: Variables): Promise<ReadonlyMap<string, string>> {
  const { variable, form, default: fallback, parse } = SETTINGS.host;
  const host = variables[variable]?.trim() || fallback;
  if (isIP(host) !== 0) return new Map();
  try {
    parse(host);
  } catch {
    // The parser reports it.
    return new Map();
  }
  try {
    await lookup(host);
    return new Map();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const fault = `${variable}="${host}" must be ${form}. It does not resolve (${code}): set ${variable}=${fallback}`;
    return new Map([[variable, fault]]);
  }
}
