import type { ServedModel } from '@inferserve/inference';
import { ValidateBy } from 'class-validator';

/** A property that holds a value of one column of a model; the column decides what is valid. */
export const FitsColumn = (model: ServedModel, index: number): PropertyDecorator =>
  ValidateBy({
    name: 'fitsColumn',
    validator: {
      validate: (value: unknown) => model.fault(index, value) === undefined,
      defaultMessage: () => `$property does not fit column ${index}`,
    },
  });
