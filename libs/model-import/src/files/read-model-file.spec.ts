import { deflateSync, gzipSync } from 'node:zlib';
import { readModelFile } from './read-model-file';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A stored zip of empty members. */
function zipOf(...names: readonly string[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const name of names) {
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([latin1('PK\x03\x04'), fields, latin1(name)]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([latin1('PK\x01\x02\0\0'), fields, tail, latin1(name)]));
    locals.push(local);
    offset += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

describe('readModelFile', () => {
  it.each<[string, Buffer, RegExp]>([
    ['nothing', Buffer.alloc(0), /is empty/],
    [
      'Git LFS',
      latin1('version https://git-lfs.github.com/spec/v1\noid x'),
      /Git LFS pointer.*git lfs pull/,
    ],
    ['HDF5', latin1('\x89HDF\r\n\x1a\n\0\0'), /HDF5 file, as Keras writes/],
    [
      'old PyTorch',
      latin1('\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.'),
      /PyTorch checkpoint \(the format before/,
    ],
    [
      'PyTorch',
      zipOf('archive/data.pkl', 'archive/version', 'archive/data/0'),
      /is a PyTorch checkpoint/,
    ],
    ['Keras', zipOf('metadata.json', 'config.json', 'model.weights.h5'), /Keras model \(\.keras\)/],
    ['numpy arrays', zipOf('a.npy', 'b.npy'), /numpy arrays \(\.npz\)/],
    ['a packed model', zipOf('README.md', 'model.pkl'), /zip archive with a model file inside/],
    ['another zip', zipOf('readme.txt'), /without a schema\.json/],
    ['SavedModel', latin1('\x08\x01\x12\xd1\x99\x02\x12\x05serve'), /TensorFlow SavedModel/],
    ['TensorFlow Lite', latin1('\x1c\0\0\0TFL3\x14\0'), /TensorFlow Lite/],
    ['CatBoost', latin1('CBM1\x10\0\0\0'), /CatBoost model \(\.cbm\).*format="json"/],
    [
      'old XGBoost',
      latin1('bs64\tAAAAPwQAAAA='),
      /XGBoost model in the old base64 format.*save_model\("model\.json"\)/,
    ],
    ['R', gzipSync(latin1('X\n\0\0\0\x03\0\x04\x02\0')), /an R object/],
    ['PMML', latin1('<?xml version="1.0"?>\n<PMML version="4.4">'), /PMML document/],
    ['HTML', latin1('<!DOCTYPE html>\n<html>'), /HTML page/],
    ['CSV', latin1('a,b,c\n1,2,3\n4,5,6\n'), /table of text \(CSV\)/],
    ['semicolons', latin1('a;b\n1;2\n'), /table of text \(CSV\)/],
    [
      'MLmodel',
      latin1('artifact_path: model\nflavors:\n  sklearn:\n'),
      /MLmodel description.*model\.pkl/,
    ],
    ['text', latin1('hello world'), /plain text, not a model/],
    ['Python', latin1('import numpy as np\nx = 1\n'), /Python program/],
    ['a notebook', latin1('{"cells":[],"nbformat":4}'), /Jupyter notebook/],
    [
      'a LightGBM dump',
      latin1('{"name":"tree","feature_names":[],"tree_info":[]}'),
      /JSON dump of a LightGBM model.*model\.txt/,
    ],
    ['JSON', latin1('{"a":1}'), /JSON of no known model format/],
    ['noise', latin1('\x01\x02\x03\xff'), /not a model file of a known format/],
    ['protocol 0', latin1('csklearn.svm\nSVC\np0\n.'), /protocol 0 or 1/],
    ['xz', latin1('\xfd7zXZ\0'), /compressed with xz.*compress=3/],
    ['an array', latin1('\x93NUMPY\x01\0'), /numpy array \(\.npy\)/],
    ['a compressed table', deflateSync(latin1('a,b\n1,2\n')), /table of text/],
  ])('says what %s is', (_, bytes, message) => {
    expect(() => readModelFile(bytes)).toThrow(message);
  });

  it.each([
    ['{"learner":{},"version":[3,0,0]}', 'xgboost'],
    ['{"features_info":{},"model_info":{},"oblivious_trees":[]}', 'catboost'],
    ['{"format":"linear-classifier-export"}', 'export'],
    ['{"format":"inferserve-model"}', 'artifact'],
    ['tree\nversion=v4\nend of trees\n', 'lightgbm-text'],
    ['{i\x07learner{}}', 'xgboost'],
    ['\x80\x04N.', 'pickle'],
  ])('recognises %j', (content, format) => {
    expect(readModelFile(latin1(content)).format).toBe(format);
  });
});
