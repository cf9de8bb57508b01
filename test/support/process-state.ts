import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiProcess } from './api-process';

/** Options of Node for a process that collects its garbage at SIGUSR2, so that its memory can be compared. */
export const COLLECTS_ON_SIGNAL: readonly string[] = [
  '--expose-gc',
  '--import',
  'data:text/javascript,process.on("SIGUSR2",()=>globalThis.gc())',
];

/** Resident memory of a process in MB (Linux). */
export function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

/** Memory in MB, of a process that was started with `COLLECTS_ON_SIGNAL`, after it has collected its garbage. */
export interface Memory {
  /** What is in use, objects and buffers. */
  readonly used: number;
  /** What it has from the system; an allocator gives back late, if at all. */
  readonly resident: number;
}

export async function collectedMemory(api: ApiProcess): Promise<Memory> {
  for (let i = 0; i < 3; i++) {
    api.signal('SIGUSR2');
    await sleep(200);
  }
  const { text } = await api.get('/metrics');
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  const used = bytes('nodejs_heap_size_used_bytes') + bytes('nodejs_external_memory_bytes');
  return { used: used / 1024 ** 2, resident: residentMb(api.pid) };
}

/** Open file descriptors of a process (Linux). */
export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
