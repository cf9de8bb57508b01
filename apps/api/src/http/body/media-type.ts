/** A media type, its parameters by name; names in lower case, values as sent. */
export interface MediaType {
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const ESSENCE = /^[ \t]*([\w!#$&^.+-]+\/[\w!#$&^.+-]+)[ \t]*/;
/** One `;` and, unless it is the empty parameter that RFC 9110 allows, `name=token` or `name="quoted"`. */
const PARAMETER =
  /;[ \t]*(?:([\w!#$%&'*+.^`|~-]+)=(?:([\w!#$%&'*+.^`|~-]+)|"((?:[^"\\]|\\.)*)"))?[ \t]*/y;

/** Parses the value of a Content-Type header (RFC 9110, sections 8.3.1 and 5.6.6); `undefined` if it is malformed. */
export function parseMediaType(text: string): MediaType | undefined {
  const match = ESSENCE.exec(text);
  if (!match) return undefined;
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = match[0].length;
  while (PARAMETER.lastIndex < text.length) {
    const parameter = PARAMETER.exec(text);
    if (!parameter) return undefined;
    const [, name, token, quoted] = parameter;
    if (name === undefined) continue;
    const key = name.toLowerCase();
    if (parameters.has(key)) return undefined;
    parameters.set(key, token ?? quoted!.replace(/\\(.)/g, '$1'));
  }
  return { essence: match[1]!.toLowerCase(), parameters };
}
