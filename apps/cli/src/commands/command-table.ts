// oxlint-disable typescript/no-require-imports -- a command should not pay for what the others load
import type { Command } from 'commander';
import type { Terminal } from '../terminal/terminal';

/** A command as the help lists it, and where the rest of it comes from. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(terminal: Terminal): Command;
}

/** Every command, in the order of the help. */
export const COMMAND_TABLE: readonly CommandEntry[] = [
  {
    name: 'serve',
    summary: 'serve model files of any supported format',
    load: (terminal) =>
      (require('./serve.command') as typeof import('./serve.command')).createServeCommand(terminal),
  },
  {
    name: 'train',
    summary: 'train the Iris classifier, evaluate it, write its artifact and chart',
    load: (terminal) =>
      (require('./train.command') as typeof import('./train.command')).createTrainCommand(terminal),
  },
  {
    name: 'import',
    summary: 'convert a model file of another library to an artifact',
    load: (terminal) =>
      (require('./import.command') as typeof import('./import.command')).createImportCommand(
        terminal,
      ),
  },
  {
    name: 'inspect',
    summary: 'describe the contents of a model file',
    load: (terminal) =>
      (require('./inspect.command') as typeof import('./inspect.command')).createInspectCommand(
        terminal,
      ),
  },
  {
    name: 'verify',
    summary: 'check an artifact: schema, hash, verification cases',
    load: (terminal) =>
      (require('./verify.command') as typeof import('./verify.command')).createVerifyCommand(
        terminal,
      ),
  },
  {
    name: 'predict',
    summary: 'score the rows of a CSV or NDJSON file without a server',
    load: (terminal) =>
      (require('./predict.command') as typeof import('./predict.command')).createPredictCommand(
        terminal,
      ),
  },
  {
    name: 'key',
    summary: 'make API keys for the clients of the server',
    load: (terminal) =>
      (require('./key.command') as typeof import('./key.command')).createKeyCommand(terminal),
  },
  {
    name: 'export-snippet',
    summary: 'print Python that exports a model without a pickle',
    load: (terminal) =>
      (
        require('./export-snippet.command') as typeof import('./export-snippet.command')
      ).createExportSnippetCommand(terminal),
  },
  {
    name: 'conform',
    summary: 'check a running server against the Open Inference Protocol v2',
    load: (terminal) =>
      (require('./conform.command') as typeof import('./conform.command')).createConformCommand(
        terminal,
      ),
  },
];
