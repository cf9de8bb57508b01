import type { ErrorRenderer } from '../../http/errors/error-renderer';
import { statusOf } from '../../http/errors/problem';
import { problemText } from '../shared/error-body';

const CODES = new Map([
  [401, 'UNAUTHENTICATED'],
  [404, 'RESOURCE_DOES_NOT_EXIST'],
  [429, 'REQUEST_LIMIT_EXCEEDED'],
  [500, 'INTERNAL_ERROR'],
  [503, 'TEMPORARILY_UNAVAILABLE'],
]);

/** `{"error_code": "…", "message": "…"}`, as MLflow's scoring server has it. */
export const mlflowErrors: ErrorRenderer = {
  render(problem) {
    const status = problem.kind === 'invalid_input' ? 400 : statusOf(problem);
    const error_code = CODES.get(status) ?? 'BAD_REQUEST';
    return { status, body: { error_code, message: problemText(problem) } };
  },
};
