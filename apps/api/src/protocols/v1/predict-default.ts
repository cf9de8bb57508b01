/** The path at which the default model predicts, whatever its name: what AIP_PREDICT_ROUTE stands for. */
export const PREDICT_DEFAULT = '/v1/models/:predict';
