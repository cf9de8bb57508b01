import { Option } from 'commander';

/** `--baseline`, of every command that makes an artifact of a model. */
export function baselineOption(): Option {
  return new Option(
    '--baseline <rows.csv>',
    'rows that the model was trained on (.csv, .ndjson or .jsonl), which the rows of requests are compared with',
  );
}
