import type { ModelFile } from './files/model-file';
import { readExport } from './json/read-export';
import type { LinearSource } from './linear-source';
import { ModelImportError } from './files/bytes/model-import.error';
import { foreignGlobals } from './files/pickle/foreign-globals';
import { foldOnnx } from './onnx/fold-onnx';
import { linearSourceOf, type Selection } from './sklearn/linear-source';

/** The linear classifier in a file of any format. */
export function sourceOfFile(file: ModelFile, selection: Selection): LinearSource {
  if ('foreign' in file && file.foreign.length > 0) throw foreignGlobals(file.foreign);
  switch (file.format) {
    case 'pickle':
    case 'joblib':
    case 'skops':
      return linearSourceOf(file.root, selection);
    case 'onnx':
      return foldOnnx(file.onnx);
    case 'export':
      return readExport(file.document);
    case 'artifact':
      throw new ModelImportError(
        'is an artifact already',
        'Put it into artifacts/<name>/<version>/model.json; inferserve verify checks it.',
      );
    default:
      throw new ModelImportError(`is a ${file.format} file`, 'It is not supported yet.');
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
