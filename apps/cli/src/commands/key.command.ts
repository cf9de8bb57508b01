import { Command, InvalidArgumentError } from 'commander';
import {
  apiKeyLine,
  CLIENT_NAME_FORM,
  createApiKey,
  isClientName,
  KEY_LIMIT_FORM,
  parseKeyLimit,
} from '@inferserve/api-keys';
import { jsonOption } from '../options/json.option';
import type { Terminal } from '../terminal/terminal';

interface NewOptions {
  readonly limit?: string;
  readonly json?: boolean;
}

/** `inferserve key`: makes API keys. Nothing is stored: the file of keys is the operator's. */
export function createKeyCommand({ stdout }: Terminal): Command {
  return new Command('key').description('Makes API keys for the clients of the server.').addCommand(
    new Command('new')
      .description(
        'Prints a new API key, which is shown only now, and the line for the file that API_KEYS_FILE names. The ' +
          'file holds the SHA-256 of the key; kill -HUP has a running server read it again.',
      )
      .argument('<name>', 'the client, as logs and metrics show it', parseName)
      .option('--limit <limit>', 'its own limit, such as 1000/minute', parseLimit)
      .addOption(jsonOption())
      .action((name: string, { limit, json }: NewOptions) => {
        const key = createApiKey();
        const line = apiKeyLine(name, key, limit);
        stdout.write(
          json
            ? `${JSON.stringify({ key, line }, null, 2)}\n`
            : `The key, shown only now:\n\n  ${key}\n\nThe line for API_KEYS_FILE:\n\n  ${line}\n`,
        );
      }),
  );
}

function parseName(name: string): string {
  if (!isClientName(name)) throw new InvalidArgumentError(`It must be ${CLIENT_NAME_FORM}.`);
  return name;
}

function parseLimit(limit: string): string {
  if (!parseKeyLimit(limit)) throw new InvalidArgumentError(`It must be ${KEY_LIMIT_FORM}.`);
  return limit;
}
