/**
 * A value out of a JSON or UBJSON document. Objects have keys that come from outside: read them through
 * `JsonNode`, or with `Object.hasOwn`. Numbers of typed UBJSON arrays stay in typed arrays.
 */
export type JsonValue =
  null | boolean | number | string | JsonArray | { readonly [key: string]: JsonValue };

/** A list, or a typed array of numbers. */
export type JsonArray =
  readonly JsonValue[] | Float32Array | Float64Array | Int32Array | Uint8Array;
