import { Command, InvalidArgumentError } from 'commander';
import {
  type ConformanceReport,
  ConformanceSetupError,
  findTarget,
  type JsonTensor,
  ProtocolClient,
  runConformance,
} from '@inferserve/conformance';
import { CommandError } from '../command.error';
import { readInputFile } from '../files/input-file';
import { jsonOption } from '../options/json.option';
import { conformanceReport } from '../reports/conformance.report';
import { ProgressLine } from '../terminal/progress-line';
import type { Terminal } from '../terminal/terminal';

/** Longest `Retry-After` that `--wait` waits for. */
const MAX_WAIT_SECONDS = 120;

interface ConformOptions {
  readonly model?: string;
  readonly modelVersion?: string;
  readonly request?: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `inferserve conform`: asks a running server whether it speaks the Open Inference Protocol. */
export function createConformCommand({ stdout, stderr }: Terminal): Command {
  return new Command('conform')
    .summary('check a running server against the Open Inference Protocol v2')
    .description(
      'Asks a running server, whoever made it, whether it speaks the Open Inference Protocol, version 2: health, ' +
        'metadata, inference, errors, and the extension for binary tensors if it has it. Sends about 200 requests; a ' +
        'limit of the server has to allow for them.',
    )
    .argument('<url>', 'the server, such as http://localhost:8000', parseUrl)
    .option('--model <name>', 'the model to ask; otherwise the first that the server lists')
    .option('--model-version <version>', 'its version; otherwise the first that the server lists')
    .option(
      '--request <file>',
      'JSON with the "inputs" of one row that the model answers; otherwise one is made up from its metadata',
    )
    .option('--wait', 'wait where the server refuses requests for their rate (429)')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExit code: 0 the server does all that it must, 1 it does not or cannot be asked, 2 invalid arguments.',
    )
    .action(async (url: string, options: ConformOptions) => {
      const progress = new ProgressLine(stderr);
      const report = await conform(url, options, (text) => progress.show(text)).finally(() =>
        progress.clear(),
      );
      const text = options.json
        ? `${JSON.stringify({ url, ...report }, null, 2)}\n`
        : conformanceReport(url, report);
      stdout.write(text);
      if (!report.conforms) throw new CommandError(`${url} does not conform`);
    });
}

async function conform(
  url: string,
  { model, modelVersion: version, request, wait }: ConformOptions,
  onProgress: (text: string) => void,
): Promise<ConformanceReport> {
  const inputs = request === undefined ? undefined : inputsOf(request);
  const client = new ProtocolClient(url, { maxWaitSeconds: wait ? MAX_WAIT_SECONDS : 0 });
  try {
    const target = await findTarget(client, {
      ...(model !== undefined && { model }),
      ...(version !== undefined && { version }),
      ...(inputs && { inputs }),
    });
    return await runConformance(target, ({ id, title }) => onProgress(`${id} ${title}`));
  } catch (cause) {
    if (!(cause instanceof ConformanceSetupError)) throw cause;
    throw new CommandError(cause.message, 1, { cause });
  } finally {
    client.close();
  }
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return text;
  throw new InvalidArgumentError('Give a URL such as http://localhost:8000.');
}

function inputsOf(path: string): readonly JsonTensor[] {
  const text = Buffer.from(readInputFile(path).bytes).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${path} is not JSON`, 1, { cause });
  }
  const inputs = (value as { readonly inputs?: unknown } | null)?.inputs;
  if (Array.isArray(inputs) && inputs.length > 0 && inputs.every(isTensor)) {
    return inputs.map((input) => ({ ...input, data: input.data.flat(Infinity) as unknown[] }));
  }
  throw new CommandError(
    `${path} should hold {"inputs": [{"name", "shape", "datatype", "data"}, …]} with one row`,
  );
}

function isTensor(value: unknown): value is JsonTensor {
  const { name, shape, datatype, data } = (value ?? {}) as Partial<JsonTensor>;
  return (
    typeof name === 'string' &&
    typeof datatype === 'string' &&
    Array.isArray(shape) &&
    shape[0] === 1 &&
    Array.isArray(data)
  );
}
