import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import { OpenApiParts } from '../../docs/openapi-parts';
import { setExample } from '../../docs/set-example';
import { type Environment, environmentConfig } from '../../environment';
import type { Problem } from '../../http/errors/problem';
import { BodyLimits } from '../shared/body-limits';
import { ModelFinder } from '../shared/model-finder';
import { exampleRequest, exampleResponse } from './example-request';
import { modelMetadata, SERVER_METADATA } from './metadata';
import { openInferenceErrors } from './open-inference-errors';
import { SUPPORTED_BODY } from './request/inference-body';

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
    const model = this.registry.hasDefault ? this.registry.default : this.registry.list()[0];
    if (!model) return;
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
      setPathExamples(document, path, { model: name, version });
      this.describeInfer(document, `${path}/infer`, model);
      const unknown: Problem = { kind: 'unknown_model' };
      for (const [method, route] of [
        ['get', path],
        ['get', `${path}/ready`],
        ['post', `${path}/infer`],
      ] as const) {
        setExample(document, [method, route, 404], openInferenceErrors.render(unknown).body);
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
      const { status, body } = openInferenceErrors.render(each);
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

function setRequestExample(document: OpenAPIObject, path: string, example: object): void {
  const body = document.paths[path]?.post?.requestBody as
    { content?: Record<string, { example?: unknown }> } | undefined;
  const content = body?.content?.['application/json'];
  if (content) content.example = example;
}

function setPathExamples(
  document: OpenAPIObject,
  path: string,
  examples: Readonly<Record<string, string>>,
): void {
  for (const [method, route] of [
    ['get', path],
    ['get', `${path}/ready`],
    ['post', `${path}/infer`],
  ] as const) {
    for (const parameter of document.paths[route]?.[method]?.parameters ?? []) {
      if ('name' in parameter && parameter.name in examples) {
        Object.assign(parameter, { example: examples[parameter.name] });
      }
    }
  }
}
