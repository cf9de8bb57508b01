import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { ModelImportError } from '../bytes/model-import.error';
import { overLimit } from '../bytes/over-limit';
import type { Dtype } from '../values/dtype';
import type { NdArray } from '../values/py-value';

/**
 * The bytes of an array, as many as its shape and dtype ask for.
 * @throws ModelImportError where the file holds more or fewer
 */
export function arrayBytes({ dtype, data, size, offset }: NdArray): DataView {
  if (!(data instanceof Uint8Array)) {
    throw damaged(`has a list where ${dtypeName(dtype)} elements belong`, offset);
  }
  if (dtype.bytes === 0 && size > FILE_LIMITS.emptyElements) {
    throw overLimit(`has an array of ${size} elements`, offset);
  }
  if (data.length !== size * dtype.bytes) {
    throw damaged(
      `has an array whose shape asks for ${size * dtype.bytes} bytes, but holds ${data.length}`,
      offset,
    );
  }
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** The error for elements that nothing here decodes. */
export function unsupportedDtype(dtype: Dtype, offset: number | undefined): ModelImportError {
  return new ModelImportError(
    `has an array of dtype ${dtypeName(dtype)}, which is not supported`,
    'Supported are f2, f4, f8, i1 to i8, u1 to u8, bool, text, bytes, objects, and records of these.',
    { ...(offset !== undefined && { offset }) },
  );
}

function dtypeName({ kind, bytes }: Dtype): string {
  return `${kind}${bytes}`;
}
