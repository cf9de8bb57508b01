import { IncomingMessage, type ServerResponse } from 'node:http';
import { StreamableFile } from '@nestjs/common';
import type { Express, Request, Response } from 'express';
import proxyAddress from 'proxy-addr';
import { HttpAdapter } from '../http-adapter';
import type { RequestHooks } from '../requests/request-hooks';
import { sendJson, sendJsonText } from '../send-json';
import { JsonText } from './json-text';
import { ListedResponse } from './listed-response';
import { Shortcuts } from './shortcuts';

type RouteHandler = (request: Request, response: Response, next: () => void) => unknown;

/**
 * Sends a POST whose path is written exactly as a route has it straight to Nest's handler, past Express's router
 * and prototypes, and writes JSON without Express; everything else goes through Express.
 */
export class FastHttpAdapter extends HttpAdapter {
  private readonly shortcuts = new Shortcuts<RouteHandler>();
  private hasShortcuts = true;
  private message?: typeof IncomingMessage;

  override useHooks(hooks: RequestHooks): void {
    this.hooks = hooks;
  }

  protected override messageType(): typeof IncomingMessage {
    this.message ??= addressedMessage(this.getInstance<Express>());
    return this.message;
  }

  protected override responseType(): typeof ListedResponse {
    return ListedResponse;
  }

  /** Has a handler answer in the place of Nest's, for a route that is registered. */
  answer(path: string, handler: RouteHandler): void {
    this.shortcuts.replace(path, handler);
  }

  /** Nest registers a route by its path and one handler. */
  override post(...route: readonly unknown[]): unknown {
    const [path, handler] = route;
    if (typeof path === 'string' && typeof handler === 'function') {
      this.shortcuts.add(path, handler as RouteHandler);
    }
    return super.post(...(route as [never, never]));
  }

  /** CORS is a middleware of Express, which a shortcut would miss. */
  override enableCors(...options: Parameters<HttpAdapter['enableCors']>): void {
    this.hasShortcuts = false;
    super.enableCors(...options);
  }

  override status(response: ServerResponse, statusCode: number): ServerResponse {
    response.statusCode = statusCode;
    return response;
  }

  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    const status = statusCode ?? response.statusCode;
    if (body instanceof JsonText) sendJsonText(response, status, body.text);
    else if (typeof body === 'object' && body !== null && !(body instanceof StreamableFile)) {
      sendJson(response, status, body);
    } else return super.reply(response, body, statusCode);
    return undefined;
  }

  override handle(message: IncomingMessage, reply: ServerResponse): void {
    const [request, response] = [message as Request, reply as Response];
    if (this.hooks?.begin(request, response) === false) return;
    const shortcut =
      this.hasShortcuts && request.method === 'POST' ? this.shortcuts.find(request.url) : undefined;
    if (shortcut) {
      request.route = { path: shortcut.path };
      request.params = shortcut.params;
      shortcut.handler(request, response, () => this.handOver(request, response));
    } else {
      this.handOver(request, response);
    }
  }

  /** Express gives requests and responses its own prototypes. */
  private handOver(request: Request, response: Response): void {
    if (response instanceof ListedResponse) response.unlisted();
    this.getInstance<Express>()(request, response);
  }
}

/** A message that knows its address as `request.ip` of Express does, which has another prototype. */
function addressedMessage(express: Express): typeof IncomingMessage {
  return class AddressedMessage extends IncomingMessage {
    private address?: string;

    get ip(): string | undefined {
      this.address ??= addressOf(this, express.get('trust proxy fn'));
      return this.address;
    }
  };
}

/** As `proxy-addr` has it, without its lists where at most one address is claimed. */
function addressOf(
  message: IncomingMessage,
  isTrusted: (address: string, hop: number) => boolean,
): string | undefined {
  const claimed = message.headers['x-forwarded-for'];
  const peer = message.socket.remoteAddress;
  if (!claimed) return peer;
  if (typeof claimed !== 'string' || peer === undefined || /[ ,]/.test(claimed)) {
    return proxyAddress(message, isTrusted);
  }
  return isTrusted(peer, 0) ? claimed : peer;
}
