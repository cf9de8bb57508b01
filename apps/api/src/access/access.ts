import type { AccessControl } from './access-control';

/** Token of the `AccessControl`, `null` where nobody needs a key. */
export const ACCESS = Symbol('ACCESS');

/** What is provided under `ACCESS`. */
export type Access = AccessControl | null;
