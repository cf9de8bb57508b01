import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorRenderer } from '../errors/error-renderer';
import type { Problem } from '../errors/problem';
import { sendProblem } from '../errors/send-problem';
import { earlyProblem } from '../server/early-problem';
import type { ForwardedWarning } from './forwarded-warning';
import type { RouteAliases } from './route-aliases';
import type { LoadShedder } from './load-shedder';
import { requestId } from './request-id';
import type { RequestRecorder } from './request-recorder';
import type { RouteTable } from './route-table';
import { ServerTiming } from './server-timing';

const OVERLOADED: Problem = { kind: 'overloaded', retryAfterSeconds: 1 };
const NOT_HERE: Problem = { kind: 'http', status: 404 };

/** What the hooks work with. */
export interface RequestHookParts {
  readonly routes: RouteTable;
  readonly shedder: LoadShedder;
  readonly recorder: RequestRecorder;
  /** The error form where no protocol is known. */
  readonly errors: ErrorRenderer;
  readonly aliases: RouteAliases;
  readonly serverTiming: boolean;
  readonly isStopping: () => boolean;
  /** Whether the port that the request came by does not serve its URL; absent where there is one port. */
  readonly isElsewhere?: (request: IncomingMessage) => boolean;
  /** Absent where every peer that may send X-Forwarded-For is trusted. */
  readonly forwardedWarning?: ForwardedWarning;
}

/** What happens to every request before routing and after its response, in one place and order. */
export class RequestHooks {
  constructor(private readonly parts: RequestHookParts) {}

  /** Call before anything else sees the request; `false` if it has been answered already. */
  begin(request: IncomingMessage, response: ServerResponse): boolean {
    const { isElsewhere, forwardedWarning } = this.parts;
    const { routes, aliases, shedder, recorder, errors, serverTiming, isStopping } = this.parts;
    const started = performance.now();
    // Before the aliases, so that a platform's own path of a probe stays where the platform asks for it.
    const elsewhere = isElsewhere?.(request) ? NOT_HERE : undefined;
    aliases.apply(request);
    const id = requestId(request);
    response.setHeader('X-Request-Id', id);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // Tells a client that keeps its connection to open another, elsewhere.
    if (isStopping()) response.setHeader('Connection', 'close');
    if (serverTiming) ServerTiming.start(request, response);
    const hasRoom = shedder.enter();
    // Node reports it once; `once` would wrap the listener.
    response.on('close', () => {
      shedder.leave();
      recorder.record(request, response, id, performance.now() - started);
    });
    forwardedWarning?.look(request);
    const shed = hasRoom || routes.isProbe(request.url!) ? undefined : OVERLOADED;
    const problem = earlyProblem(request) ?? elsewhere ?? shed;
    if (problem === undefined) return true;
    sendProblem(request, response, problem, routes.errorsAt(request.url!, errors));
    return false;
  }

  /**
   * The response to what Node's parser rejected: its id, status and body.
   * @param knownId of the request whose body is at fault; that request is reported when it ends
   */
  reject(
    problem: Problem,
    remoteAddress: string,
    knownId?: string,
  ): { readonly id: string; readonly status: number; readonly body: object } {
    const { recorder, errors } = this.parts;
    const id = knownId ?? requestId();
    const { status, body } = errors.render(problem);
    if (knownId === undefined) recorder.recordUnparsed(id, status, remoteAddress);
    return { id, status, body };
  }
}
