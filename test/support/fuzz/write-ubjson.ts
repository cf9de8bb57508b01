/** A document as UBJSON, in the types that XGBoost writes: int64, float32, text, lists and objects. */
export function writeUbjson(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from('Z');
  if (typeof value === 'boolean') return Buffer.from(value ? 'T' : 'F');
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return Buffer.concat([Buffer.from('L'), int64(value)]);
    const float = Buffer.alloc(4);
    float.writeFloatBE(value);
    return Buffer.concat([Buffer.from('d'), float]);
  }
  if (typeof value === 'string') return Buffer.concat([Buffer.from('S'), text(value)]);
  if (Array.isArray(value)) {
    return Buffer.concat([Buffer.from('['), ...value.map(writeUbjson), Buffer.from(']')]);
  }
  const members = Object.entries(value).flatMap(([key, member]) => [
    text(key),
    writeUbjson(member),
  ]);
  return Buffer.concat([Buffer.from('{'), ...members, Buffer.from('}')]);
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from('L'), int64(bytes.length), bytes]);
}
