import { ByteReader } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { ModelImportError } from '../bytes/model-import.error';
import type { JsonValue } from '../json/json-value';

type Document = { readonly [key: string]: JsonValue };

/** What stands before the learner: nothing up to 1.0, `binf` since; in pickles of 1.0 to 1.2 the second and a length. */
const HEADER = 'binf';
const WITH_CONFIGURATION = 'CONFIG-offset:';

/** Bytes of the structures that are written as they lie in memory; what is not read of them is reserved. */
const LEARNER_BYTES = 136;
const FOREST_BYTES = 160;
const TREE_BYTES = 148;
const NODE_BYTES = 20;
const STATISTICS_BYTES = 16;
const LINEAR_BYTES = 136;

const OBJECTIVE = /^[a-z]+:[a-z]+$/;

/** Whether bytes are a model in the format that XGBoost's `save_model` had before JSON. */
export function isXgboostBinary(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (start.startsWith(HEADER) || start.startsWith(WITH_CONFIGURATION)) return true;
  // The objective: the length of its name in 8 bytes, and the name.
  const name = LEARNER_BYTES + 8;
  const end = name + start.charCodeAt(LEARNER_BYTES);
  return (
    start.slice(LEARNER_BYTES + 1, name) === '\0'.repeat(7) &&
    OBJECTIVE.test(start.slice(name, end))
  );
}

/**
 * A model in XGBoost's old binary format, as the document that `save_model("….json")` makes of it (learner.cc,
 * gbtree_model.cc and tree_model.cc up to 3.0; little-endian). `version` is 0.0 where XGBoost before 1.0 wrote it.
 * @throws ModelImportError for damaged bytes, or bytes behind the model
 */
export function readXgboostBinary(bytes: Uint8Array): JsonValue {
  const start = Buffer.from(bytes.subarray(0, WITH_CONFIGURATION.length)).toString('latin1');
  if (start !== WITH_CONFIGURATION) return new BinaryReader(new ByteReader(bytes)).document();
  const reader = new ByteReader(bytes, WITH_CONFIGURATION.length);
  const length = reader.uint64();
  const from = reader.offset;
  reader.take(length);
  const model = bytes.subarray(0, reader.offset);
  return new BinaryReader(new ByteReader(model, from)).document();
}

class BinaryReader {
  constructor(private readonly reader: ByteReader) {}

  document(): Document {
    const { bytes, offset } = this.reader;
    const header = Buffer.from(bytes.subarray(offset, offset + HEADER.length)).toString('latin1');
    if (header === HEADER) this.reader.take(HEADER.length);
    const learner = this.structure(LEARNER_BYTES);
    const version = [learner.getUint32(20, true), learner.getUint32(24, true)];
    const objective = this.text();
    const booster = this.booster(this.text());
    const attributes = learner.getInt32(12, true) === 0 ? {} : this.attributes();
    if (version[0] === 0) this.passOverSettings(objective, learner.getInt32(16, true) !== 0);
    if (this.reader.remaining > 0) {
      const problem = `has ${this.reader.remaining} bytes after its XGBoost model`;
      throw damaged(problem, this.reader.offset);
    }
    return {
      version,
      learner: {
        attributes,
        learner_model_param: {
          base_score: learner.getFloat32(0, true),
          num_feature: learner.getUint32(4, true),
          num_class: learner.getInt32(8, true),
          num_target: learner.getUint32(28, true),
        },
        objective: { name: objective },
        gradient_booster: booster,
      },
    };
  }

  private booster(name: string): Document {
    if (name === 'gblinear') {
      this.reader.take(LINEAR_BYTES);
      return { name, model: { weights: this.floats() } };
    }
    const model = this.forest();
    if (name !== 'dart') return { name, model };
    return { name, gbtree: { model }, weight_drop: model.trees.length > 0 ? this.floats() : [] };
  }

  private forest(): Document & { readonly trees: readonly JsonValue[] } {
    const param = this.structure(FOREST_BYTES);
    const count = this.count(param.getInt32(0, true), TREE_BYTES);
    const trees: Document[] = [];
    for (let t = 0; t < count; t++) trees.push(this.tree());
    return {
      gbtree_model_param: { num_parallel_tree: param.getInt32(4, true) },
      trees,
      tree_info: int32s(this.structure(4 * count), 4),
    };
  }

  private tree(): Document {
    const { offset } = this.reader;
    const param = this.structure(TREE_BYTES);
    if (param.getInt32(0, true) > 1) {
      throw new ModelImportError(
        'has a tree with several roots, which is not supported',
        'Fit the model without root_index.',
        { offset },
      );
    }
    const count = this.count(param.getInt32(4, true), NODE_BYTES + STATISTICS_BYTES);
    // A node: parent, left, right, feature (its highest bit the default direction), threshold or leaf.
    const nodes = this.structure(count * NODE_BYTES);
    // Its statistics: gain, sum of hessians, weight, leaves below.
    const statistics = this.structure(count * STATISTICS_BYTES);
    const features = int32s(nodes, NODE_BYTES, 12);
    return {
      tree_param: { size_leaf_vector: param.getInt32(20, true) },
      left_children: int32s(nodes, NODE_BYTES, 4),
      right_children: int32s(nodes, NODE_BYTES, 8),
      split_indices: features.map((feature) => feature & 0x7fff_ffff),
      default_left: Uint8Array.from(features, (feature) => Number(feature < 0)),
      split_conditions: float32s(nodes, NODE_BYTES, 16),
      sum_hessian: float32s(statistics, STATISTICS_BYTES, 4),
    };
  }

  private attributes(): Document {
    const count = this.count(this.reader.uint64(), 16);
    // Without a prototype, so that no key means anything but itself.
    const attributes = Object.create(null) as Record<string, JsonValue>;
    for (let i = 0; i < count; i++) {
      const key = this.text();
      attributes[key] = this.text();
    }
    return attributes;
  }

  /** Before 1.0 the largest step of `count:poisson` and the names of the metrics came last. */
  private passOverSettings(objective: string, hasMetrics: boolean): void {
    if (objective === 'count:poisson') this.text();
    if (!hasMetrics) return;
    const count = this.count(this.reader.uint64(), 8);
    for (let i = 0; i < count; i++) this.text();
  }

  private text(): string {
    return this.reader.utf8(this.reader.uint64());
  }

  private floats(): Float32Array {
    const count = this.count(this.reader.uint64(), 4);
    return float32s(this.structure(4 * count), 4);
  }

  /** A number of elements that take at least so many bytes each, all of which must follow. */
  private count(count: number, bytes: number): number {
    const { remaining, offset } = this.reader;
    if (count >= 0 && count * bytes <= remaining) return count;
    throw damaged(`announces ${count} elements, more than follow`, offset);
  }

  private structure(length: number): DataView {
    const { buffer, byteOffset } = this.reader.take(length);
    return new DataView(buffer, byteOffset, length);
  }
}

/** One member of each of the structures that lie one after the other. */
function int32s(view: DataView, size: number, at = 0): Int32Array {
  return Int32Array.from({ length: view.byteLength / size }, (_, i) =>
    view.getInt32(i * size + at, true),
  );
}

function float32s(view: DataView, size: number, at = 0): Float32Array {
  return Float32Array.from({ length: view.byteLength / size }, (_, i) =>
    view.getFloat32(i * size + at, true),
  );
}
