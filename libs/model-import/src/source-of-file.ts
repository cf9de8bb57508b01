import { readExport } from './json/read-export';
import type { LinearSource } from './linear-source';
import { foldOnnx } from './onnx/fold-onnx';
import type { ModelFile } from './read-model-file';
import { linearSourceOf, type Selection } from './sklearn/linear-source';

/** The linear classifier in a file of any format. */
export function sourceOfFile(file: ModelFile, selection: Selection): LinearSource {
  switch (file.format) {
    case 'pickle':
    case 'joblib':
    case 'skops':
      return linearSourceOf(file.root, selection);
    case 'onnx':
      return foldOnnx(file.onnx);
    case 'json':
      return readExport(file.bytes);
  }
}

/** The format in words: `joblib (zlib)`, `pickle`, `ONNX of skl2onnx 1.21.0`, … */
export function formatName(file: ModelFile): string {
  switch (file.format) {
    case 'pickle':
    case 'joblib': {
      const compression = file.compression ? `, ${file.compression}` : '';
      return `${file.format} (protocol ${file.protocol}${compression})`;
    }
    case 'onnx':
      return file.onnx.producer === '' ? 'ONNX' : `ONNX of ${file.onnx.producer.slice(0, 60)}`;
    default:
      return file.format;
  }
}
