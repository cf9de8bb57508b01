import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ModelRegistry } from '@inferserve/inference';
import { OpenApiParts } from '../../docs/openapi-parts';
import { setExample } from '../../docs/set-example';
import { setRequestExample } from '../shared/document-examples';

/** Completes the documentation of the protocol with examples of what the server answers now. */
@Injectable()
export class MlflowDocs implements OnModuleInit {
  constructor(
    private readonly parts: OpenApiParts,
    private readonly registry: ModelRegistry,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  complete(document: OpenAPIObject): void {
    if (!this.registry.hasDefault) return;
    const { columnNames, example } = this.registry.default;
    document.tags?.push({ name: 'mlflow', description: 'MLflow and SageMaker' });
    const { answer, row } = example;
    const data = [columnNames.map((name) => row[name])];
    setRequestExample(document, '/invocations', {
      dataframe_split: { columns: columnNames, data },
    });
    const predictions = [answer.task === 'regression' ? answer.value : answer.label];
    setExample(document, ['post', '/invocations', 200], { predictions });
  }
}
