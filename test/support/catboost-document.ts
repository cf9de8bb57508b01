type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
interface JsonObject {
  readonly [key: string]: Json;
}

/** A test of a number feature. */
export function border(feature: number, value: number): JsonObject {
  return {
    split_type: 'FloatFeature',
    float_feature_index: feature,
    border: value,
    split_index: 0,
  };
}

/** A test of a category by its hash. */
export function equals(feature: number, hash: number): JsonObject {
  return { split_type: 'OneHotFeature', cat_feature_index: feature, value: hash, split_index: 0 };
}

/** A number feature as the first, second, … column, with what happens to its missing values. */
export function numberFeature(
  index: number,
  treatment = 'AsIs',
  more: JsonObject = {},
): JsonObject {
  return {
    feature_index: index,
    flat_feature_index: index,
    feature_id: '',
    has_nans: treatment !== 'AsIs',
    nan_value_treatment: treatment,
    borders: [],
    ...more,
  };
}

/** A document in the form of CatBoost's JSON export, written by hand; members can be replaced. */
export function catBoostDocument(
  lossFunction: string,
  members: JsonObject,
  info: JsonObject = {},
): Buffer {
  return Buffer.from(
    JSON.stringify({
      model_info: { params: { loss_function: { type: lossFunction, params: {} } }, ...info },
      features_info: { float_features: [numberFeature(0), numberFeature(1)] },
      scale_and_bias: [1, [0]],
      ctr_data: null,
      ...members,
    }),
  );
}
