import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the bundle, beside the compiled program, and for tests that run the sources. */
const FOLDERS = ['assets/page', '../../../../assets/page', '../../../../dist/assets/page'];

/** A file that the page asks for. */
export interface PageAsset {
  readonly type: string;
  readonly bytes: Buffer;
  /** Changes with the content. */
  readonly revision: string;
}

const TYPES = {
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
} as const;

export type PageAssetName = keyof typeof TYPES;

const loaded = new Map<PageAssetName, PageAsset>();

export function isPageAsset(name: string): name is PageAssetName {
  return Object.hasOwn(TYPES, name);
}

/**
 * Reads an asset at its first use, and keeps it.
 * @throws Error where the build has not made it
 */
export function pageAsset(name: PageAssetName): PageAsset {
  const known = loaded.get(name);
  if (known) return known;
  const path = FOLDERS.map((folder) => join(__dirname, folder, name)).find(existsSync);
  if (path === undefined) throw new Error(`${name} is missing: run "npm run build"`);
  const bytes = readFileSync(path);
  const revision = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const asset = { type: TYPES[name], bytes, revision };
  loaded.set(name, asset);
  return asset;
}
