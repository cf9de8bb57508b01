import { readFileSync } from 'node:fs';
import { readModelFile } from '../libs/model-import/src/files/read-model-file';
import { asNdArray } from '../libs/model-import/src/files/numpy/as-nd-array';
import { decodeElements } from '../libs/model-import/src/files/numpy/decode-elements';
function show(v: any, d: number): any {
  if (d < 0) return '…';
  const a = asNdArray(v);
  if (a) { const k=a.dtype.kind; return `nd${JSON.stringify(a.shape)} ${k}${a.dtype.bytes} ${a.dtype.fields?[...a.dtype.fields.keys()].join(','):''} ${k!=='V'?JSON.stringify(decodeElements(a).slice(0,6).map((x:any)=>show(x,d-2)), (_, x)=> typeof x==='bigint'?String(x):x).slice(0,700):''}`; }
  if (v && v.type) return { T: v.type.module + '.' + v.type.name, args: (v.args??[]).map((x: any) => show(x, d - 1)), state: show(v.state, d - 1) };
  if (v instanceof Map) return Object.fromEntries([...v].map(([k, x]) => [String(k), show(x, d - 1)]));
  if (Array.isArray(v)) return v.slice(0, 4).map((x) => show(x, d - 1));
  if (v instanceof Uint8Array) return 'bytes' + v.length;
  if (v && v.module) return 'G:' + v.module + '.' + v.name;
  return typeof v === 'bigint' ? String(v) : v;
}
test('d', () => {
  const f: any = readModelFile(readFileSync(process.env['F']!));
  process.stdout.write(JSON.stringify(show(f.root ?? f.document, Number(process.env['D'] ?? 6)), null, 1).replace(/\n\s+/g, ' ').slice(0, Number(process.env['N'] ?? 9000)) + '\n');
});
