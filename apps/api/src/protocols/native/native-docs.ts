import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import { OpenApiParts } from '../../docs/openapi-parts';
import { setExample } from '../../docs/set-example';
import { type Environment, environmentConfig } from '../../environment';
import type { Problem } from '../../http/errors/problem';
import { BodyLimits } from '../shared/body-limits';
import { describeRows, describeAnswers } from './model-schemas';
import { nativeErrors } from './native-errors';
import { rowDtoOf } from './row-dto';
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
    const model = this.registry.default;
    const dto = rowDtoOf(model);
    describeRows(document, model, dto);
    describeAnswers(document, model);
    const answer = answerOf(model);
    const [column, typo] = dto.misspelling;
    const { [column]: value, ...others } = model.example.row;
    this.describeRoute(document, '/predict', this.limits.row(model), answer, {
      kind: 'invalid_input',
      faults: this.rows.faultsOf(model, { ...others, [typo]: value }),
    });
    const batch = { predictions: [answer] };
    this.describeRoute(document, '/predict/batch', this.limits.batch(model), batch, {
      kind: 'invalid_input',
      faults: [{ in: 'body', path: ['instances'], message: 'Field required', type: 'missing' }],
    });
  }

  private describeRoute(
    document: OpenAPIObject,
    path: string,
    limitBytes: number,
    answer: object,
    invalid: Problem,
  ): void {
    const { rateLimit: limit, rateLimitWindowMs: windowMs, onRedisFailure } = this.environment;
    const seconds = windowMs / 1000;
    const used = { 'X-RateLimit-Limit': limit, 'X-RateLimit-Reset': seconds };
    const accepted = { ...used, 'X-RateLimit-Remaining': limit - 1 };
    const refused = { ...used, 'X-RateLimit-Remaining': 0, 'Retry-After': seconds };
    setExample(document, ['post', path, 200], answer, accepted);
    const problem = (each: Problem, headers: Readonly<Record<string, number>> = {}): void => {
      const { status, body } = nativeErrors.render(each);
      setExample(document, ['post', path, status], body, headers);
    };
    problem(invalid, accepted);
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
  const responses = document.paths[path]!.post!.responses as Record<string, { headers?: object }>;
  delete responses['429'];
  for (const status of ['200', '422']) delete responses[status]?.headers;
}

function answerOf({ example }: ServedModel): object {
  return example.answer.task === 'regression'
    ? { predicted_value: example.answer.value }
    : { predicted_class: example.answer.label };
}
