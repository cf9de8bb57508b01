import { JsonNode } from './json-node';
import { parseJson } from './parse-json';

const root = new JsonNode(
  parseJson(
    Buffer.from('{"a":{"b":["1.5E0",2,true]},"n":[1,null,true],"s":["x"],"t":"2","z":null}'),
  ),
);

describe('JsonNode', () => {
  it('reads what is there', () => {
    expect(root.get('a').get('b').list()[0]!.numeric()).toBe(1.5);
    expect([...root.get('n').numbers()]).toEqual([1, NaN, 1]);
    expect([...new JsonNode(Float32Array.of(1.5)).numbers()]).toEqual([1.5]);
    expect(root.get('s').strings()).toEqual(['x']);
    expect(root.get('t').text()).toBe('2');
    expect(root.keys()).toEqual(['a', 'n', 's', 't', 'z']);
    expect([root.get('z').exists, root.get('constructor').exists]).toEqual([false, false]);
  });

  it('names the path of what does not fit', () => {
    expect(() => root.get('a').get('b').list()[1]!.text()).toThrow('a.b[1]: is not text');
    expect(() => root.get('missing').list()).toThrow('missing: is not a list');
    expect(() => root.get('s').numbers()).toThrow('s: is not a list of numbers');
    expect(() => root.number()).toThrow('the document: is not a number');
  });
});
