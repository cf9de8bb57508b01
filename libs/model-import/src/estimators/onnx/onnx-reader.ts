import type { ConvertContext, ConvertedPredictor } from '../contract/converter';
import type { Layout } from '../layout/layout';
import type { GraphWalk } from './graph-walk';

/** Where a predictor of a graph begins. */
export interface OnnxPosition {
  readonly walk: GraphWalk;
  /** The name of the value that it reads. */
  readonly value: string;
  /** How many columns that value has. */
  readonly width: number;
  /** The columns of the request; a predictor that takes no missing values says so. */
  readonly layout: Layout;
}

/** A predictor of a graph, and the operators that it is made of, for reports. */
export type OnnxPredictor = ConvertedPredictor & { readonly operators: string };

/** Reads one kind of predictor, where the graph goes on with one; `undefined` where it does not. */
export type OnnxPredictorReader = (
  position: OnnxPosition,
  context: ConvertContext,
) => OnnxPredictor | undefined;
