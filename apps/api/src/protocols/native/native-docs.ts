import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import { OpenApiParts } from '../../docs/openapi-parts';
import { setExample } from '../../docs/set-example';
import type { Environment } from '../../settings/environment';
import { environmentConfig } from '../../settings/environment.config';
import type { Problem } from '../../http/errors/problem';
import { BodyLimits } from '../shared/body-limits';
import { LIMIT_HEADERS } from '../shared/limit-headers';
import { MODEL_VERSION } from '../shared/model-version-header';
import {
  addRowExamples,
  type AnswerSchemas,
  answerSchema,
  rowSchema,
  schemasOf,
  takeAnswerSchemas,
} from './model-schemas';
import { addNamedRoutes, predictTemplates } from './named-routes';
import { nativeErrors } from './native-errors';
import { PredictRequest } from './predict-request.dto';
import { PredictResponse } from './predict-response.dto';
import { type RowDto, rowDtoOf } from './row-dto';
import { RowReader } from './row-reader';

/** Completes the documentation of the native routes: every example is what the server answers now. */
@Injectable()
export class NativeDocs implements OnModuleInit {
  constructor(
    private readonly parts: OpenApiParts,
    private readonly registry: ModelRegistry,
    private readonly limits: BodyLimits,
    private readonly rows: RowReader,
    @Inject(environmentConfig.KEY)
    private readonly environment: Pick<
      Environment,
      'rateLimit' | 'rateLimitWindowMs' | 'onRedisFailure'
    >,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  complete(document: OpenAPIObject): void {
    const answers = takeAnswerSchemas(document);
    const templates = predictTemplates(document, answers);
    if (this.registry.hasDefault) this.describeDefault(document, answers, this.registry.default);
    for (const route of this.namedRoutes()) {
      addNamedRoutes(document, templates, route);
      const [column = ''] = route.model.columnNames;
      this.describeRoutes(document, route.path, route.model, [column, `${column}_`]);
    }
  }

  private describeDefault(
    document: OpenAPIObject,
    answers: AnswerSchemas,
    model: ServedModel,
  ): void {
    const { type, misspelling } = rowDtoOf(model);
    const schemas = schemasOf(document);
    if (type === PredictRequest) addRowExamples(document, model);
    else schemas[PredictRequest.name] = rowSchema(model);
    schemas[PredictResponse.name] = answerSchema(answers, model);
    this.describeRoutes(document, '', model, misspelling);
  }

  /** Each model by its name, and each version of those that are served in several. */
  private namedRoutes(): readonly { path: string; id: string; model: ServedModel }[] {
    const models = this.registry.list();
    const names = new Set(models.map(({ name }) => name));
    return [...names].flatMap((name) => {
      const versions = models.filter((model) => model.name === name);
      const path = `/models/${name}`;
      const ofVersions = versions.map((model) => ({
        path: `${path}/versions/${encodeURIComponent(model.version)}`,
        id: `${name}.v${model.version.replaceAll('+', '_')}`,
        model,
      }));
      const newest = { path, id: name, model: this.registry.get(name)! };
      return versions.length > 1 ? [newest, ...ofVersions] : [newest];
    });
  }

  /** Adds the examples of `<path>/predict` and `<path>/predict/batch`. */
  private describeRoutes(
    document: OpenAPIObject,
    path: string,
    model: ServedModel,
    [column, typo]: RowDto['misspelling'],
  ): void {
    const answer = answerOf(model);
    const { [column]: value, ...others } = model.example.row;
    this.describeRoute(document, `${path}/predict`, this.limits.row(model), model, answer, {
      kind: 'invalid_input',
      faults: this.rows.faultsOf(model, { ...others, [typo]: value }),
    });
    const batch = { predictions: [answer] };
    this.describeRoute(document, `${path}/predict/batch`, this.limits.batch(model), model, batch, {
      kind: 'invalid_input',
      faults: [{ in: 'body', path: ['instances'], message: 'Field required', type: 'missing' }],
    });
  }

  private describeRoute(
    document: OpenAPIObject,
    path: string,
    limitBytes: number,
    model: ServedModel,
    answer: object,
    invalid: Problem,
  ): void {
    const { rateLimit: limit, rateLimitWindowMs: windowMs, onRedisFailure } = this.environment;
    const seconds = windowMs / 1000;
    const used = { 'X-RateLimit-Limit': limit, 'X-RateLimit-Reset': seconds };
    const accepted = { ...used, 'X-RateLimit-Remaining': limit - 1 };
    const refused = { ...used, 'X-RateLimit-Remaining': 0, 'Retry-After': seconds };
    setExample(document, ['post', path, 200], answer, {
      ...accepted,
      [MODEL_VERSION]: model.version,
    });
    const problem = (each: Problem, headers: Readonly<Record<string, number>> = {}): void => {
      const { status, body } = nativeErrors.render(each);
      setExample(document, ['post', path, status], body, headers);
    };
    problem(invalid, accepted);
    problem({ kind: 'unknown_model' });
    problem({ kind: 'body_too_large', limitBytes });
    problem({ kind: 'unsupported_body', reason: 'media_type' });
    if (limit === 0) withoutLimit(document, path);
    else problem({ kind: 'rate_limited', limit, windowMs }, refused);
    problem(
      onRedisFailure === 'closed'
        ? { kind: 'limiter_unavailable' }
        : { kind: 'overloaded', retryAfterSeconds: 1 },
      { 'Retry-After': 1 },
    );
  }
}

/** RATE_LIMIT=0: no client is ever refused, and no answer has headers of the limit. */
function withoutLimit(document: OpenAPIObject, path: string): void {
  const responses = document.paths[path]!.post!.responses as Record<
    string,
    { headers?: Record<string, object> }
  >;
  delete responses['429'];
  for (const status of ['200', '422']) {
    const { headers } = responses[status] ?? {};
    for (const name of Object.keys(LIMIT_HEADERS)) delete headers?.[name];
  }
}

function answerOf({ example }: ServedModel): object {
  return example.answer.task === 'regression'
    ? { predicted_value: example.answer.value }
    : { predicted_class: example.answer.label };
}
