/**
 * What one file may cost at most. Real linear models stay far below; a hostile file meets a limit before it
 * costs a tenth of a second or much memory. All counts are per file, nested parts included.
 */
export const LIMITS = {
  fileBytes: 32 * 2 ** 20,
  /** Size of a compressed file once inflated, and of all members of a zip together. */
  inflatedBytes: 32 * 2 ** 20,
  /** Two for each of 100,000 feature names, and as many again for everything else. */
  pickleOperations: 300_000,
  /** Pickles inside pickles: the object arrays of joblib. */
  pickleDepth: 4,
  /** Bytes of one Python integer; the longest in a model are 128-bit states of random generators. */
  integerBytes: 32,
  /** Elements that an array may state: other models keep whole training sets, which nobody decodes. */
  arrayElements: 10_000_000,
  /** Elements of one array that is decoded, and weights of one model. */
  decodedElements: 2_000_000,
  arrayDimensions: 32,
  textLength: 10_000,
  npyHeaderBytes: 10_000,
  zipMembers: 10_000,
  jsonBytes: 8 * 2 ** 20,
  jsonDepth: 600,
  schemaDepth: 200,
  /** A number of an ONNX attribute can be a field of its own. */
  protobufFields: 300_000,
  graphNodes: 100,
  features: 100_000,
  classes: 10_000,
  /** Steps of a pipeline, those of pipelines inside it included; parts of a ColumnTransformer. */
  pipelineSteps: 100,
  /** Search results and wrappers around one estimator. */
  wrapperDepth: 8,
  /** Parts of a dictionary, list or tuple of estimators. */
  bundleSize: 100,
  /** Containers and estimators that are looked at in search of a model, and their elements together. */
  searchedValues: 1_000,
  searchedElements: 1_000_000,
} as const;
