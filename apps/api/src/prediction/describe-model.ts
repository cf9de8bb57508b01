import type { OpenAPIObject } from '@nestjs/swagger';
import type { PredictionContract } from './prediction-contract';
import { PredictRequest } from './predict-request.dto';

type Responses = Record<string, { content: Record<string, { example?: unknown }> }>;

/**
 * The document for the model that is served: where that is not Iris, the schema of its own features, and
 * examples that the server would give.
 */
export function describeModel(
  document: OpenAPIObject,
  contract: PredictionContract,
): OpenAPIObject {
  const { requestType, validator, example } = contract;
  if (requestType === PredictRequest) return document;
  const { [requestType.name]: own, ...schemas } = document.components?.schemas ?? {};
  const [first = ''] = Object.keys(example.features);
  const { [first]: value, ...others } = example.features;
  const misspelt = { ...others, [`${first}_`]: value };
  const setExample = (path: string, status: string, body: unknown): void => {
    const responses = document.paths[path]?.post?.responses as Responses;
    responses[status]!.content['application/json']!.example = body;
  };
  setExample('/predict', '200', { predicted_class: example.label });
  setExample('/predict', '422', { detail: validator.faultsOf(misspelt) });
  setExample('/predict/batch', '200', { predictions: [{ predicted_class: example.label }] });
  return {
    ...document,
    components: { ...document.components, schemas: { ...schemas, PredictRequest: own! } },
  };
}
