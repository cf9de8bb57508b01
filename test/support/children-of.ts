import { execFileSync } from 'node:child_process';

/** Process ids of the children of a process. */
export function childrenOf(pid: number): number[] {
  const text = execFileSync('ps', ['--ppid', String(pid), '-o', 'pid='], { encoding: 'utf8' });
  return text.trim().split(/\s+/).map(Number);
}
