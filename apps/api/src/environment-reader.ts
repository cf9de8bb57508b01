/** Settings that cannot be used; the message names every bad variable and what it must be. */
export class InvalidEnvironmentError extends Error {
  override readonly name = 'InvalidEnvironmentError';
}

/** Reads variables by type and collects what is wrong with them; an empty variable counts as not set. */
export class EnvironmentReader {
  private readonly faults: string[] = [];

  constructor(private readonly variables: Readonly<Record<string, string | undefined>>) {}

  text(name: string, fallback: string): string {
    return this.variables[name]?.trim() || fallback;
  }

  list(name: string): readonly string[] {
    const text = this.text(name, '');
    return text === '' ? [] : text.split(',').map((part) => part.trim());
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const parse = (text: string): number | undefined => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    };
    return this.parsed(name, String(fallback), parse, `a whole number from ${min} to ${max}`);
  }

  flag(name: string, fallback: boolean): boolean {
    return this.oneOf(name, String(fallback), ['true', 'false']) === 'true';
  }

  oneOf<T extends string>(name: string, fallback: T, values: readonly T[]): T {
    const parse = (text: string): T | undefined => values.find((value) => value === text);
    return this.parsed(name, fallback, parse, values.join(', '));
  }

  /** The value that `parse` makes of the text; it says `undefined` to text that is not in the `form`. */
  parsed<T>(
    name: string,
    fallback: string,
    parse: (text: string) => T | undefined,
    form: string,
  ): T {
    const text = this.text(name, fallback);
    const value = parse(text);
    if (value !== undefined) return value;
    this.faults.push(`  ${name}="${text}" must be: ${form}`);
    return parse(fallback)!;
  }

  /** Adds a fault that no single variable shows. */
  refuse(fault: string): void {
    this.faults.push(`  ${fault}`);
  }

  throwIfInvalid(): void {
    if (this.faults.length > 0) {
      throw new InvalidEnvironmentError(
        `These settings cannot be used:\n${this.faults.join('\n')}`,
      );
    }
  }
}
