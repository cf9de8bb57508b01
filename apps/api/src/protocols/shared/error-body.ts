import type { ErrorRenderer } from '../../http/errors/error-renderer';
import { type InputFault, type Problem, statusOf } from '../../http/errors/problem';
import { problemMessage } from '../../http/errors/problem-message';

/** More faults than this are counted, not listed. */
const MAX_LISTED = 5;

/** `{"error": "…"}`, as KServe, Triton and TensorFlow Serving have it. What is wrong with a body is 400. */
export const errorBodies: ErrorRenderer = {
  render(problem) {
    const status = problem.kind === 'invalid_input' ? 400 : statusOf(problem);
    return { status, body: { error: problemText(problem) } };
  },
};

/** What went wrong, with the faults of invalid input and where they are. */
export function problemText(problem: Problem): string {
  if (problem.kind !== 'invalid_input') return problemMessage(problem);
  const { faults } = problem;
  const listed = faults.slice(0, MAX_LISTED).map(faultText);
  const rest = faults.length - listed.length;
  return [...listed, ...(rest > 0 ? [`and ${rest} more faults`] : [])].join('; ');
}

function faultText({ path, message }: InputFault): string {
  return path.length === 0 ? message : `${pathText(path)}: ${message}`;
}

/** `inputs[0].data` */
function pathText(path: InputFault['path']): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${part}`))
    .join('');
}
