import { type IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';

type Value = number | string | readonly string[];

/**
 * Collects header fields in a list that Node gets together with the status: setting each by itself has Node
 * build a table of them, which costs more than writing them. Whatever else asks for the header gets that table.
 */
export class ListedResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  private list: Value[] | undefined = [];

  override setHeader(name: string, value: Value): this {
    const { list } = this;
    if (list === undefined || this.headersSent || !isPlain(value)) {
      return this.unlisted().addHeader(name, value);
    }
    const at = indexOf(list, name);
    if (at === list.length) list.push(name, value);
    else {
      list[at] = name;
      list[at + 1] = value;
    }
    return this;
  }

  override getHeader(name: string): number | string | string[] | undefined {
    const { list } = this;
    // A name outside of the list is `undefined`.
    if (list !== undefined) return list[indexOf(list, name) + 1] as number | string | undefined;
    return super.getHeader(name);
  }

  override writeHead(status: number, ...rest: readonly unknown[]): this {
    const { list } = this;
    const [fields] = rest;
    if (
      list === undefined ||
      rest.length !== 1 ||
      typeof fields !== 'object' ||
      Array.isArray(fields)
    ) {
      return this.unlisted().addHead(status, rest);
    }
    const own = fields as OutgoingHttpHeaders;
    for (const name in own) {
      if (!isPlain(own[name])) return this.unlisted().addHead(status, rest);
      this.setHeader(name, own[name]);
    }
    this.list = undefined;
    return super.writeHead(status, list as string[]);
  }

  override appendHeader(name: string, value: string | readonly string[]): this {
    this.unlisted();
    return super.appendHeader(name, value);
  }

  override setHeaders(headers: Headers | Map<string, number | string | readonly string[]>): this {
    this.unlisted();
    return super.setHeaders(headers);
  }

  override hasHeader(name: string): boolean {
    this.unlisted();
    return super.hasHeader(name);
  }

  override removeHeader(name: string): void {
    this.unlisted();
    super.removeHeader(name);
  }

  override getHeaders(): OutgoingHttpHeaders {
    this.unlisted();
    return super.getHeaders();
  }

  override getHeaderNames(): string[] {
    this.unlisted();
    return super.getHeaderNames();
  }

  /** Hands over what has been collected, for code that knows only Node's class; nothing is collected after that. */
  unlisted(): this {
    const { list = [] } = this;
    this.list = undefined;
    for (let i = 0; i < list.length; i += 2) {
      super.setHeader(list[i] as string, list[i + 1]!);
    }
    return this;
  }

  private addHeader(name: string, value: Value): this {
    return super.setHeader(name, value);
  }

  private addHead(status: number, rest: readonly unknown[]): this {
    return super.writeHead(status, ...(rest as [OutgoingHttpHeaders]));
  }
}

function isPlain(value: unknown): value is number | string {
  return typeof value === 'string' || typeof value === 'number';
}

/** The place of a name, in whatever case; the length of the list where it is not there. */
function indexOf(list: readonly Value[], name: string): number {
  for (let i = 0; i < list.length; i += 2) {
    const known = list[i] as string;
    if (known === name) return i;
    if (known.length === name.length && known.toLowerCase() === name.toLowerCase()) return i;
  }
  return list.length;
}
