import { Layout } from '../../layout/layout';
import { refuseNode } from '../graph-walk';
import { numbersOf } from './numbers-of';
import type { OnnxOperator } from './onnx-operator';

/** One number for the missing ones of each column. */
export const imputer: OnnxOperator = {
  types: ['Imputer'],
  isStep: true,
  apply({ node, values: [value] }) {
    const { layout, width } = numbersOf(node, value!);
    const stated = node.attributes.get('imputed_value_floats')?.floats ?? [];
    const marker = node.attributes.get('replaced_value_float')?.float ?? 0;
    const fill = stated.length === 1 ? Array<number>(width).fill(stated[0]!) : stated;
    if (fill.length !== width || !fill.every(Number.isFinite)) {
      throw refuseNode(node, `has ${stated.length} fill values for ${width} columns`);
    }
    if (Number.isFinite(marker)) layout.rejectMissing();
    return value!.after(
      [
        {
          type: 'impute',
          fill: [...fill],
          ...(Number.isFinite(marker) && { missing: marker }),
          from: 'ONNX Imputer',
        },
      ],
      new Layout(layout.columns.map(({ name, width: own }) => ({ name, width: own, missing: [] }))),
    );
  },
};
