/** A file as it was handed over; nothing in this library opens files. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}
