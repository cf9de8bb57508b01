import { Command } from 'commander';
import { EXPORT_SNIPPET } from '@inferserve/model-import';
import type { Terminal } from '../terminal/terminal';

/** `inferserve export-snippet`: prints the Python that exports a model as plain numbers. */
export function createExportSnippetCommand({ stdout }: Terminal): Command {
  return new Command('export-snippet')
    .description(
      'Prints Python that writes model.json for a fitted scikit-learn pipeline, for models that may not be handed ' +
        'over as a pickle. "inferserve import model.json --name NAME" converts that file, after it has reproduced ' +
        'the ten predictions of scikit-learn in it.',
    )
    .action(() => {
      stdout.write(EXPORT_SNIPPET);
    });
}
