const MIB = 2 ** 20;

/**
 * What reading one file may cost at most. What grows with a sound file grows with these limits; a hostile file
 * meets one before it costs much time or memory. All counts are per file, nested parts included.
 */
export const FILE_LIMITS = {
  fileBytes: 512 * MIB,
  /** Pickles inside pickles: the object arrays of joblib. */
  pickleDepth: 8,
  /** Marks that are open at a time: containers inside containers. */
  pickleMarks: 10_000,
  /** Bytes of one Python integer; the longest in a model are states of random generators (624 words). */
  integerBytes: 4096,
  arrayDimensions: 32,
  /** Elements that a shape may state; they must be in the file as well before they are decoded. */
  arrayElements: 512 * MIB,
  /** Elements of no bytes at all (`U0`), which the size of the file does not bound. */
  emptyElements: 1_000_000,
  /** Bytes of one element of text. */
  textBytes: 40_000,
  /** Members of one structured dtype. */
  recordFields: 1_000,
  npyHeaderBytes: 10_000,
  zipMembers: 60_000,
  jsonDepth: 600,
  ubjsonDepth: 100,
  schemaDepth: 200,
  graphNodes: 1_000,
} as const;

/** How many bytes a compressed file of this size may inflate to: 32 MiB, or 100 times its own size. */
export function inflatedLimit(fileBytes: number): number {
  return Math.min(FILE_LIMITS.fileBytes, Math.max(32 * MIB, 100 * fileBytes));
}

/** Pickle operations for content of this size: an operation of a sound file takes two bytes or more. */
export function operationLimit(contentBytes: number): number {
  return 300_000 + Math.floor(contentBytes / 2);
}

/** Containers and objects that a pickle of this size may make; in a sound file each takes far more bytes. */
export function containerLimit(contentBytes: number): number {
  return 100_000 + Math.floor(contentBytes / 8);
}

/** Protobuf fields that may be visited for content of this size; each takes two bytes or more. */
export function fieldLimit(contentBytes: number): number {
  return 300_000 + 2 * contentBytes;
}

/** Trees of a LightGBM text of this size; the shortest takes more than 50 bytes. */
export function treeLimit(contentBytes: number): number {
  return 1_000 + Math.floor(contentBytes / 50);
}
