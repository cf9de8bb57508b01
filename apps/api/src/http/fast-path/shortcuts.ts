/** What a path leads to. */
export interface Shortcut<Handler> {
  /** The path as it was added, with its parameters. */
  readonly path: string;
  readonly handler: Handler;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern<Handler> {
  readonly path: string;
  handler: Handler;
  readonly matcher: RegExp;
}

/** Parts that are text, or a parameter; anything else is left to Express. */
const SIMPLE = /^(\/(:[A-Za-z]+|[\w-]+))+$/;
/** What no server decodes. The names of models hold nothing else. */
const VALUE = '[\\w.~:-]+';

/**
 * Routes by their path, whose parts may be parameters: `/models/:name/predict`. Only a path that is written as the
 * route is leads to it; whatever Express would decode, or overlook, does not.
 */
export class Shortcuts<Handler> {
  private readonly exact = new Map<string, Shortcut<Handler>>();
  private readonly patterns: Pattern<Handler>[] = [];

  /** Adds a route, after those that are there. */
  add(path: string, handler: Handler): void {
    if (!SIMPLE.test(path)) return;
    if (path.includes(':')) {
      const source = path.replaceAll(/:(\w+)/g, (_, name: string) => `(?<${name}>${VALUE})`);
      this.patterns.push({ path, handler, matcher: new RegExp(`^${source}$`) });
    } else if (!this.find(path)) {
      this.exact.set(path, { path, handler, params: {} });
    }
  }

  /**
   * Gives a route another handler.
   * @throws Error where no route was added with this path
   */
  replace(path: string, handler: Handler): void {
    const exact = this.exact.get(path);
    const pattern = this.patterns.find((each) => each.path === path);
    if (exact) this.exact.set(path, { ...exact, handler });
    else if (pattern) pattern.handler = handler;
    else throw new Error(`No route ${path}`);
  }

  /** The first route that was added for this path. */
  find(path: string): Shortcut<Handler> | undefined {
    const exact = this.exact.get(path);
    if (exact) return exact;
    for (const { path: pattern, handler, matcher } of this.patterns) {
      const match = matcher.exec(path);
      if (match) return { path: pattern, handler, params: match.groups! };
    }
    return undefined;
  }
}
