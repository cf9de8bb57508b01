import { decodeField, decodeNumbers, hasField } from '../numpy/decode-numbers';
import { asNdArray } from '../numpy/as-nd-array';
import { numberOf } from '../numpy/scalar-of';
import { PyObject, type PyValue } from '../values/py-value';
import { readPickle } from './read-pickle';

/**
 * Pickles of numpy 2.4 and dill 0.4. Records of (left_child <i8, threshold <f8, flag u1) in 24 bytes:
 * (1, 0.5, 1), (-1, -2, 0), (-1, -2, 0), in protocols 2, 4 and 5.
 */
const RECORDS = {
  2: 'gAJjbnVtcHkuX2NvcmUubXVsdGlhcnJheQpfcmVjb25zdHJ1Y3QKcQBjbnVtcHkKbmRhcnJheQpxAUsAhXECY19jb2RlY3MKZW5jb2RlCnEDWAEAAABicQRYBgAAAGxhdGluMXEFhnEGUnEHh3EIUnEJKEsBSwOFcQpjbnVtcHkKZHR5cGUKcQtYAwAAAFYyNHEMiYiHcQ1ScQ4oSwNYAQAAAHxxD05YCgAAAGxlZnRfY2hpbGRxEFgJAAAAdGhyZXNob2xkcRFYBAAAAGZsYWdxEodxE31xFChoEGgLWAIAAABpOHEViYiHcRZScRcoSwNYAQAAADxxGE5OTkr/////Sv////9LAHRxGWJLAIZxGmgRaAtYAgAAAGY4cRuJiIdxHFJxHShLA2gYTk5OSv////9K/////0sAdHEeYksIhnEfaBJoC1gCAAAAdTFxIImIh3EhUnEiKEsDaA9OTk5K/////0r/////SwB0cSNiSxCGcSR1SxhLAUsQdHElYoloA1hbAAAAAQAAAAAAAAAAAAAAAADDoD8BAAAAAAAAAMO/w7/Dv8O/w7/Dv8O/w78AAAAAAAAAw4AAAAAAAAAAAMO/w7/Dv8O/w7/Dv8O/w78AAAAAAAAAw4AAAAAAAAAAAHEmaAWGcSdScSh0cSliLg==',
  4: 'gASVcAEAAAAAAACMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsDhZRoA4wFZHR5cGWUk5SMA1YyNJSJiIeUUpQoSwOMAXyUTowKbGVmdF9jaGlsZJSMCXRocmVzaG9sZJSMBGZsYWeUh5R9lChoEWgMjAJpOJSJiIeUUpQoSwOMATyUTk5OSv////9K/////0sAdJRiSwCGlGgSaAyMAmY4lImIh5RSlChLA2gZTk5OSv////9K/////0sAdJRiSwiGlGgTaAyMAnUxlImIh5RSlChLA2gQTk5OSv////9K/////0sAdJRiSxCGlHVLGEsBSxB0lGKJQ0gBAAAAAAAAAAAAAAAAAOA/AQAAAAAAAAD//////////wAAAAAAAADAAAAAAAAAAAD//////////wAAAAAAAADAAAAAAAAAAACUdJRiLg==',
  5: 'gAWVWwEAAAAAAACME251bXB5Ll9jb3JlLm51bWVyaWOUjAtfZnJvbWJ1ZmZlcpSTlCiWSAAAAAAAAAABAAAAAAAAAAAAAAAAAOA/AQAAAAAAAAD//////////wAAAAAAAADAAAAAAAAAAAD//////////wAAAAAAAADAAAAAAAAAAACUjAVudW1weZSMBWR0eXBllJOUjANWMjSUiYiHlFKUKEsDjAF8lE6MCmxlZnRfY2hpbGSUjAl0aHJlc2hvbGSUjARmbGFnlIeUfZQoaAtoBowCaTiUiYiHlFKUKEsDjAE8lE5OTkr/////Sv////9LAHSUYksAhpRoDGgGjAJmOJSJiIeUUpQoSwNoE05OTkr/////Sv////9LAHSUYksIhpRoDWgGjAJ1MZSJiIeUUpQoSwNoCk5OTkr/////Sv////9LAHSUYksQhpR1SxhLAUsQdJRiSwOFlIwBQ5R0lFKULg==',
};
/** [[0, 1, 2], [3, 4, 5]] in Fortran order. */
const FORTRAN =
  'gASVuwAAAAAAAACMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsCSwOGlGgDjAVkdHlwZZSTlIwCZjiUiYiHlFKUKEsDjAE8lE5OTkr/////Sv////9LAHSUYohDMAAAAAAAAAAAAAAAAAAACEAAAAAAAADwPwAAAAAAABBAAAAAAAAAAEAAAAAAAAAUQJR0lGIu';
/** [0, 1, 2] as big-endian 32-bit integers. */
const BIG_ENDIAN =
  'gASVlQAAAAAAAACMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5RSlChLAUsDhZRoA4wFZHR5cGWUk5SMAmk0lImIh5RSlChLA4wBPpROTk5K/////0r/////SwB0lGKJQwwAAAAAAAAAAQAAAAKUdJRiLg==';
/** {'a': arange(3.), 's': slice(0, 2, None), 't': float64(1.5), 'dt': dtype('f8')} by dill. */
const DILL =
  'gASVHgEAAAAAAAB9lCiMAWGUjApkaWxsLl9kaWxslIwNX2NyZWF0ZV9hcnJheZSTlCiMFm51bXB5Ll9jb3JlLm11bHRpYXJyYXmUjAxfcmVjb25zdHJ1Y3SUk5SMBW51bXB5lIwHbmRhcnJheZSTlEsAhZRDAWKUh5QoSwFLA4WUaAiMBWR0eXBllJOUjAJmOJSJiIeUUpQoSwOMATyUTk5OSv////9K/////0sAdJRiiUMYAAAAAAAAAAAAAAAAAADwPwAAAAAAAABAlHSUTnSUUpSMAXOUaAKMCl9sb2FkX3R5cGWUk5SMBXNsaWNllIWUUpRLAEsCToeUUpSMAXSUaAWMBnNjYWxhcpSTlGgTQwgAAAAAAAD4P5SGlFKUjAJkdJRoE3Uu';

const read = (base64: string) => readPickle(Buffer.from(base64, 'base64'));

describe('arrays in pickles', () => {
  it.each(Object.values(RECORDS))('reads records by name: %#', (base64) => {
    const array = asNdArray(read(base64).root)!;
    expect(array.dtype.bytes).toBe(24);
    expect(hasField(array, 'flag')).toBe(true);
    expect([...decodeField(array, 'left_child')]).toEqual([1, -1, -1]);
    expect([...decodeField(array, 'threshold')]).toEqual([0.5, -2, -2]);
    expect([...decodeField(array, 'flag')]).toEqual([1, 0, 0]);
  });

  it('reads Fortran order and big-endian numbers', () => {
    expect([...decodeNumbers(asNdArray(read(FORTRAN).root)!)]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...decodeNumbers(asNdArray(read(BIG_ENDIAN).root)!)]).toEqual([0, 1, 2]);
  });

  it('reads what dill writes in place of arrays and types', () => {
    const { root, foreign } = read(DILL);
    const members = root as Map<string, PyValue>;
    expect(foreign).toEqual([]);
    expect([...decodeNumbers(asNdArray(members.get('a'))!)]).toEqual([0, 1, 2]);
    expect(numberOf(members.get('t')!)).toBe(1.5);
    const slice = members.get('s') as PyObject;
    expect([slice.type.qualifiedName, slice.args]).toEqual(['builtins.slice', [0, 2, null]]);
  });
});
