import { packArray, type TransformSpec } from '@inferserve/model';
import type { OnnxNode } from '../../../files/onnx/onnx-model';
import type { CategoryValue } from '../../layout/input-column';
import { Layout } from '../../layout/layout';
import { encoderInput } from '../../sklearn/encoder-input';
import { refuseNode } from '../graph-walk';
import type { GraphValue } from './graph-value';
import type { OnnxOperator } from './onnx-operator';

/** A block of zeros for each column, with a 1 where the category is. */
const oneHot: OnnxOperator = {
  types: ['OneHotEncoder'],
  isStep: true,
  apply({ node, values: [value] }) {
    const categories = listOf(node, ['cats_strings', 'cats_int64s']);
    const rejects = node.attributes.get('zeros')?.integer === 0;
    const { specs, indices } = codesOf(node, value!, categories, rejects ? 'reject' : 'accept');
    const blocks = indices.map((outputs) => ({
      width: categories.length,
      outputs: packArray(Int32Array.from(outputs)),
      unknown: -1,
      missing: -1,
    }));
    const names = value!.layout.names.flatMap((name) =>
      categories.map((category) => (name === undefined ? undefined : `${name}_${category}`)),
    );
    const step: TransformSpec = { type: 'one-hot', blocks, from: 'ONNX OneHotEncoder' };
    return value!.after([...specs, step], Layout.computed(names), false, true);
  },
};

/** A number for each category, and one for all others (ai.onnx.ml 2, what becomes of an OrdinalEncoder). */
const labels: OnnxOperator = {
  types: ['LabelEncoder'],
  isStep: true,
  apply({ node, values: [value] }) {
    const keys = listOf(node, ['keys_strings', 'keys_int64s', 'keys_floats']);
    const numbers = listOf(node, ['values_int64s', 'values_floats']).map(Number);
    const { float, integer } = {
      float: node.attributes.get('default_float')?.float ?? 0,
      integer: node.attributes.get('default_int64')?.integer ?? -1,
    };
    const other = node.attributes.has('values_floats') ? float : integer;
    if (numbers.length !== keys.length || ![other, ...numbers].every(Number.isFinite)) {
      throw refuseNode(node, 'does not give a finite number for each category');
    }
    const { specs, indices } = codesOf(node, value!, keys, 'accept');
    const tables = indices.map((column) => ({
      values: column.map((index) => (index < 0 ? other : numbers[index]!)),
      unknown: [other],
      missing: [other],
    }));
    const step: TransformSpec = { type: 'lookup', tables, from: 'ONNX LabelEncoder' };
    return value!.after([...specs, step], Layout.computed(value!.layout.names));
  },
};

/** Operators that make numbers of categories. */
export const ENCODERS: readonly OnnxOperator[] = [oneHot, labels];

function codesOf(
  node: OnnxNode,
  value: GraphValue,
  categories: readonly CategoryValue[],
  unknown: 'reject' | 'accept',
) {
  const isText = typeof categories[0] === 'string';
  if (isText !== (value.kind === 'text') || value.isBlocked) {
    throw refuseNode(node, 'takes columns of another type than its categories');
  }
  const { layout } = value;
  layout.rejectMissing();
  const known = { values: categories, texts: categories.map(String) };
  return encoderInput(
    layout,
    layout.columns.map(() => known),
    unknown,
  );
}

/** The one of these attributes that is there. */
function listOf(node: OnnxNode, names: readonly string[]): readonly (string | number)[] {
  for (const name of names) {
    const attribute = node.attributes.get(name);
    if (!attribute) continue;
    const { strings, integers, floats } = attribute;
    const list: readonly (string | number)[] = name.endsWith('strings')
      ? strings
      : name.endsWith('int64s')
        ? integers
        : floats;
    if (list.length > 0 && new Set(list).size === list.length) return list;
    if (list.length > 0 && name.startsWith('values')) return list;
  }
  throw refuseNode(node, 'does not list different categories and their numbers');
}
