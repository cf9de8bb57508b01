import { Option } from 'commander';

/** `--json`, of every command that reports findings. */
export function jsonOption(): Option {
  return new Option('--json', 'print the findings as JSON');
}
