import { canonicalJson } from './canonical-json';

describe(canonicalJson.name, () => {
  test('orders keys by UTF-16 code units, as RFC 8785 section 3.2.3 does', () => {
    const sample = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      '\u00f6': 7,
    };
    const order = canonicalJson(sample).match(/\d(?=[,}])/g);
    expect(order?.join('')).toBe('2467153');
  });

  test('prints numbers as RFC 8785 appendix B does', () => {
    const numbers = [
      5e-324, -0, 1e21, 1e23, 333333333.3333333, 1e-7, 0.000001, 295147905179352830000,
    ];
    expect(canonicalJson(numbers)).toBe(
      '[5e-324,0,1e+21,1e+23,333333333.3333333,1e-7,0.000001,295147905179352830000]',
    );
  });

  test('leaves out what is undefined, and white space', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x y' }], a: undefined })).toBe(
      '{"b":[1,{"c":"x y","d":null}]}',
    );
  });
});
