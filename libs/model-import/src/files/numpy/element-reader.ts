import type { Dtype } from '../values/dtype';

/** Reads the number at a byte of a view; 64-bit integers beyond 2^53 are rounded. */
export type NumberReader = (view: DataView, at: number) => number;

/** The reader of a numeric dtype, or `undefined` where the elements are no numbers. */
export function numberReader({ kind, bytes, littleEndian }: Dtype): NumberReader | undefined {
  switch (`${kind}${bytes}`) {
    case 'f2':
      return (view, at) => float16(view.getUint16(at, littleEndian));
    case 'f4':
      return (view, at) => view.getFloat32(at, littleEndian);
    case 'f8':
      return (view, at) => view.getFloat64(at, littleEndian);
    case 'i1':
      return (view, at) => view.getInt8(at);
    case 'i2':
      return (view, at) => view.getInt16(at, littleEndian);
    case 'i4':
      return (view, at) => view.getInt32(at, littleEndian);
    case 'i8':
      return littleEndian
        ? (view, at) => view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true)
        : (view, at) => view.getInt32(at, false) * 2 ** 32 + view.getUint32(at + 4, false);
    case 'u1':
    case 'b1':
      return (view, at) => view.getUint8(at);
    case 'u2':
      return (view, at) => view.getUint16(at, littleEndian);
    case 'u4':
      return (view, at) => view.getUint32(at, littleEndian);
    case 'u8':
      return littleEndian
        ? (view, at) => view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true)
        : (view, at) => view.getUint32(at, false) * 2 ** 32 + view.getUint32(at + 4, false);
    default:
      return undefined;
  }
}

/** The number of an IEEE 754 binary16. */
function float16(bits: number): number {
  const sign = bits < 0x8000 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
