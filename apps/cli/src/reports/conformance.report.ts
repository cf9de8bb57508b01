import type { CheckResult, ConformanceReport } from '@inferserve/conformance';

const MARKS = { passed: '✓', failed: '✗', skipped: '–' } as const;

/** What a server does and does not do, by group, and the sum of it. */
export function conformanceReport(url: string, report: ConformanceReport): string {
  const { model, version, results, conforms } = report;
  const body = groupsOf(results).map(
    ([title, members]) => `${title}\n${members.map(lineOf).join('')}\n`,
  );
  const count = (outcome: CheckResult['outcome'], level?: CheckResult['level']): number =>
    results.filter((each) => each.outcome === outcome && (!level || each.level === level)).length;
  const sum = [
    `${count('passed')} passed`,
    `${count('failed', 'must')} failed`,
    `${count('failed', 'should')} recommended ones failed`,
    `${count('skipped')} skipped`,
  ].join(', ');
  const asked = `${url}, model ${model}${version === undefined ? '' : ` version ${version}`}`;
  const verdict = conforms ? 'conforms' : 'does not conform';
  return `${asked}\n\n${body.join('')}${sum}: the server ${verdict} to the Open Inference Protocol v2.\n`;
}

function lineOf({ id, title, level, outcome, message }: CheckResult): string {
  const mark = MARKS[outcome];
  const recommended = outcome === 'failed' && level === 'should' ? ' (recommended)' : '';
  const reason = message === undefined ? '' : `\n         ${message}`;
  return `  ${mark} ${id.padEnd(4)} ${title}${recommended}${reason}\n`;
}

function groupsOf(results: readonly CheckResult[]): [string, CheckResult[]][] {
  const groups = new Map<string, CheckResult[]>();
  for (const result of results) {
    groups.set(result.group, [...(groups.get(result.group) ?? []), result]);
  }
  return [...groups];
}
