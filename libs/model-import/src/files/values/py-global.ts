/** The name of a Python class or function. It is never resolved to anything. */
export class PyGlobal {
  constructor(
    readonly module: string,
    readonly name: string,
    /** Where the file names it; absent where the file is not one stream of bytes. */
    readonly offset?: number,
  ) {}

  get qualifiedName(): string {
    return `${this.module}.${this.name}`;
  }
}
