import type { ScoredRow } from './score-rows';

const MAX_LISTED = 20;

/** The rows without an answer, for the report: the first of them with their faults, the rest as a number. */
export class FaultList {
  private readonly lines: string[] = [];
  /** How many rows had no answer. */
  count = 0;

  add(scored: ScoredRow): void {
    if (!('faults' in scored)) return;
    this.count += 1;
    if (this.count > MAX_LISTED) return;
    const faults = scored.faults.map(({ column, message }) =>
      column === undefined ? message : `column "${column}": ${message}`,
    );
    this.lines.push(`line ${scored.row.line}: ${faults.join('; ')}\n`);
  }

  /** One line per row; empty where every row had an answer. */
  get text(): string {
    const rest = this.count - this.lines.length;
    return this.lines.join('') + (rest > 0 ? `… and ${rest} more rows\n` : '');
  }
}
