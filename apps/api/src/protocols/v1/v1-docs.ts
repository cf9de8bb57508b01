import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ModelRegistry } from '@inferserve/inference';
import { OpenApiParts } from '../../docs/openapi-parts';
import { setExample } from '../../docs/set-example';
import { setParameterExamples, setRequestExample } from '../shared/document-examples';

const PREDICT = '/v1/models/{model}';
const PREDICT_VERSION = '/v1/models/{model}/versions/{version}';

/** Completes the documentation of the protocol with examples of what the server answers now. */
@Injectable()
export class V1Docs implements OnModuleInit {
  constructor(
    private readonly parts: OpenApiParts,
    private readonly registry: ModelRegistry,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  complete(document: OpenAPIObject): void {
    if (!this.registry.hasDefault) return;
    const { name, version, example } = this.registry.default;
    document.tags?.push({ name: 'v1', description: 'KServe v1, Vertex AI, TensorFlow Serving' });
    const { answer, row } = example;
    const predictions = [answer.task === 'regression' ? answer.value : answer.label];
    for (const path of [PREDICT, PREDICT_VERSION]) {
      setRequestExample(document, path, { instances: [row] });
      setExample(document, ['post', path, 200], { predictions });
    }
    setParameterExamples(document, ['post', PREDICT], { model: `${name}:predict` });
    const versioned = { model: name, version: `${version}:predict` };
    setParameterExamples(document, ['post', PREDICT_VERSION], versioned);
    setParameterExamples(document, ['get', '/v1/models/{model}'], { model: name });
  }
}
