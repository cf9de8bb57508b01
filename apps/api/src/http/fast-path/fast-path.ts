import type { Environment } from '../../settings/environment';

/** Token of whether the measured shortcuts are taken (`true`), or the plain way through Nest and Express. */
export const FAST_PATH = Symbol('FAST_PATH');

/** The one reading of FAST_PATH. */
export function usesFastPath({ fastPath }: Pick<Environment, 'fastPath'>): boolean {
  return fastPath === 'on';
}
