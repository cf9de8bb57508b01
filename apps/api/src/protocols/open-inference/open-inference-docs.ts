import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import { OpenApiParts } from '../../docs/openapi-parts';
import { setExample } from '../../docs/set-example';
import type { Environment } from '../../settings/environment';
import { environmentConfig } from '../../settings/environment.config';
import type { Problem } from '../../http/errors/problem';
import { setParameterExamples, setRequestExample } from '../shared/document-examples';
import { BodyLimits } from '../shared/body-limits';
import { ModelFinder } from '../shared/model-finder';
import { exampleRequest, exampleResponse } from './example-request';
import { modelMetadata, SERVER_METADATA } from './metadata';
import { errorBodies } from '../shared/error-body';
import { SUPPORTED_BODY } from '../shared/lenient-body.reader';

const MODEL = '/v2/models/{model}';
const FORMS = [MODEL, `${MODEL}/versions/{version}`] as const;

/** Completes the documentation of the protocol with examples of what the server answers now. */
@Injectable()
export class OpenInferenceDocs implements OnModuleInit {
  constructor(
    private readonly parts: OpenApiParts,
    private readonly registry: ModelRegistry,
    private readonly models: ModelFinder,
    private readonly limits: BodyLimits,
    @Inject(environmentConfig.KEY)
    private readonly environment: Pick<Environment, 'rateLimit' | 'rateLimitWindowMs'>,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  complete(document: OpenAPIObject): void {
    document.tags?.push({ name: 'open-inference', description: 'Open Inference Protocol v2' });
    if (!this.registry.hasDefault) return;
    const model = this.registry.default;
    const { name, version } = model;
    const names = [...new Set(this.registry.list().map((served) => served.name))];
    setExample(document, ['get', '/v2', 200], SERVER_METADATA);
    setExample(document, ['get', '/v2/models', 200], { models: names });
    setExample(document, ['get', '/v2/health/live', 200], { live: true });
    setExample(document, ['get', '/v2/health/ready', 200], { ready: true });
    setExample(document, ['get', '/v2/health/ready', 503], {
      ready: false,
      error: 'Not ready: shutdown',
    });
    for (const path of FORMS) {
      const versions = this.models.versionsOf(name);
      setExample(document, ['get', path, 200], modelMetadata(model, versions));
      setExample(document, ['get', `${path}/ready`, 200], { name, ready: true });
      this.describeInfer(document, `${path}/infer`, model);
      const unknown: Problem = { kind: 'unknown_model' };
      for (const [method, route] of [
        ['get', path],
        ['get', `${path}/ready`],
        ['post', `${path}/infer`],
      ] as const) {
        setExample(document, [method, route, 404], errorBodies.render(unknown).body);
        setParameterExamples(document, [method, route], { model: name, version });
      }
    }
  }

  private describeInfer(document: OpenAPIObject, path: string, model: ServedModel): void {
    const { rateLimit: limit, rateLimitWindowMs: windowMs } = this.environment;
    const seconds = windowMs / 1000;
    const used = { 'X-RateLimit-Limit': limit, 'X-RateLimit-Reset': seconds };
    const accepted = { ...used, 'X-RateLimit-Remaining': limit - 1 };
    const refused = { ...used, 'X-RateLimit-Remaining': 0, 'Retry-After': seconds };
    setRequestExample(document, path, exampleRequest(model));
    setExample(document, ['post', path, 200], exampleResponse(model), accepted);
    const problem = (each: Problem, headers: Readonly<Record<string, number>> = {}): void => {
      const { status, body } = errorBodies.render(each);
      setExample(document, ['post', path, status], body, headers);
    };
    const missing = { message: 'At least one input is required', type: 'missing' };
    problem(
      { kind: 'invalid_input', faults: [{ in: 'body', path: ['inputs'], ...missing }] },
      accepted,
    );
    problem({ kind: 'body_too_large', limitBytes: this.limits.batch(model) });
    problem({ kind: 'unsupported_body', reason: 'media_type', remedy: SUPPORTED_BODY });
    problem({ kind: 'rate_limited', limit, windowMs }, refused);
    problem({ kind: 'overloaded', retryAfterSeconds: 1 }, { 'Retry-After': 1 });
  }
}
