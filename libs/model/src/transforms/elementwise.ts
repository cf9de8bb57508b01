import { clear, denseVector, put, sparseVector, type Vector } from '../vector';
import type { Transform } from '../compile/compiled-parts';
import { ownPositions } from './sources';

/** What a number at a position becomes. */
type ElementMap = (value: number, position: number, unit: number) => number;

/** A step that maps every number of a row on its own. */
export function elementwise(
  { values }: Vector,
  map: ElementMap,
): Pick<Transform, 'output' | 'run' | 'sources'> {
  const width = values.length;
  const output = denseVector(width);
  const target = output.values;
  return {
    output,
    sources: () => ownPositions(width),
    run(unit) {
      for (let j = 0; j < width; j++) target[j] = map(values[j]!, j, unit);
    },
  };
}

/** The same for a map that leaves 0 alone: only the listed positions of a sparse row are mapped. */
export function elementwiseSparse(
  { values, nonzero }: Required<Vector>,
  map: ElementMap,
): Pick<Transform, 'output' | 'run' | 'sources'> {
  const output = sparseVector(values.length);
  return {
    output,
    sources: () => ownPositions(values.length),
    run(unit) {
      clear(output);
      for (let i = 0; i < nonzero.count; i++) {
        const position = nonzero.indices[i]!;
        put(output, position, map(values[position]!, position, unit));
      }
    },
  };
}
