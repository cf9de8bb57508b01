import { parseArgs } from 'node:util';
import { EXPORT_SNIPPET } from '@inferserve/model-import';
import type { Command } from '../command';

const HELP = `Usage: inferserve export-snippet

Prints Python that writes model.json for a fitted scikit-learn pipeline: for those who cannot hand over a
pickle. "inferserve import model.json --name NAME" then makes an artifact of it, after it has computed the
ten answers of scikit-learn in the file again.

Options:
  -h, --help   show this text
`;

/** Prints the Python that exports a model as plain numbers. */
export const exportSnippetCommand: Command = {
  name: 'export-snippet',
  summary: 'print Python that exports a model without a pickle',
  help: HELP,
  run(args) {
    parseArgs({ args: [...args], options: {} });
    process.stdout.write(EXPORT_SNIPPET);
    return 0;
  },
};
