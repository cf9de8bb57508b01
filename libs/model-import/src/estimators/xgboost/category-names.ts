import type { JsonNode } from '../../files/json/json-node';
import type { CategoryValue } from '../layout/input-column';
import type { XgboostModel } from './xgboost-model';

/**
 * The categories of each feature by code, as models since 3.1 hold them (`cats`): text as UTF-8 bytes with
 * offsets, or numbers; `undefined` for features without.
 */
export function categoryNames({
  booster,
}: XgboostModel): readonly (readonly CategoryValue[] | undefined)[] {
  const outer = booster.get('gbtree');
  const encodings = (outer.exists ? outer : booster).get('model').get('cats').get('enc');
  if (!encodings.exists) return [];
  return encodings.list().map(valuesOf);
}

function valuesOf(encoding: JsonNode): readonly CategoryValue[] | undefined {
  const values = encoding.get('values').numbers();
  if (values.length === 0) return undefined;
  const offsets = encoding.get('offsets');
  if (!offsets.exists) return [...values];
  const starts = offsets.numbers();
  if (starts.length === 0) return [...values];
  const bytes = Buffer.from(Uint8Array.from(values));
  return Array.from({ length: starts.length - 1 }, (_, i) => {
    if (starts[i]! <= starts[i + 1]! && starts[i + 1]! <= bytes.length) {
      return bytes.toString('utf8', starts[i], starts[i + 1]);
    }
    throw offsets.fault('points outside the names');
  });
}
