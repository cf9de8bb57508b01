import type { FileKind } from './file-kind';

interface Magic extends FileKind {
  readonly at?: number;
  /** The bytes as Latin-1 text. */
  readonly bytes: string;
}

const TABULAR =
  'Tabular models of scikit-learn, XGBoost, LightGBM and CatBoost are supported; see docs/import-your-model.md.';
const NETWORK =
  'Deep learning models are not supported: serve it with the tools of its own framework.';
const DATA = 'Give the model, not the data: the file that joblib.dump or pickle.dump wrote.';
const EXPORT_CATBOOST =
  'Save it as JSON: CatBoost().load_model("model.cbm").save_model("model.json", format="json"); where it tests categories, with the training data: pool=pool.';

/** Formats that are recognised by their first bytes and not supported. */
const MAGIC: readonly Magic[] = [
  {
    bytes: 'version https://git-lfs',
    what: 'a Git LFS pointer, not the model',
    remedy: 'Fetch the file with git lfs pull.',
  },
  { bytes: '\x89HDF\r\n\x1a\n', what: 'an HDF5 file, as Keras writes (.h5)', remedy: NETWORK },
  {
    bytes: '\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19',
    what: 'a PyTorch checkpoint (the format before 1.6)',
    remedy: NETWORK,
  },
  { at: 4, bytes: 'TFL3', what: 'a TensorFlow Lite model', remedy: NETWORK },
  { bytes: 'GGUF', what: 'a GGUF language model', remedy: NETWORK },
  { bytes: 'CBM1', what: 'a CatBoost model (.cbm)', remedy: EXPORT_CATBOOST },
  {
    bytes: 'bs64',
    what: 'an XGBoost model in the old base64 format',
    remedy:
      'Load it with the XGBoost that wrote it and save it as JSON: booster.save_model("model.json").',
  },
  { bytes: '\x93NUMPY', what: 'a numpy array (.npy)', remedy: DATA },
  { bytes: 'PAR1', what: 'a Parquet table', remedy: DATA },
  { bytes: 'ARROW1', what: 'an Arrow table', remedy: DATA },
  { bytes: 'FEA1', what: 'a Feather table', remedy: DATA },
  { bytes: 'SQLite format 3', what: 'an SQLite database', remedy: DATA },
  { bytes: '\xd0\xcf\x11\xe0', what: 'an old Office document', remedy: DATA },
  { bytes: '\x89PNG', what: 'a PNG image', remedy: DATA },
  { bytes: '\xff\xd8\xff', what: 'a JPEG image', remedy: DATA },
  { bytes: 'GIF8', what: 'a GIF image', remedy: DATA },
  { bytes: '%PDF', what: 'a PDF document', remedy: DATA },
  { bytes: '\x7fELF', what: 'an executable program', remedy: DATA },
  { bytes: 'MZ', what: 'a Windows program', remedy: DATA },
  { bytes: 'RDX', what: 'an R workspace (.RData)', remedy: TABULAR },
  { bytes: 'RDA', what: 'an R workspace (.RData)', remedy: TABULAR },
  { bytes: 'X\n\x00\x00\x00', what: 'an R object (.rds)', remedy: TABULAR },
  { bytes: 'A\n2\n', what: 'an R object (.rds)', remedy: TABULAR },
  { bytes: 'A\n3\n', what: 'an R object (.rds)', remedy: TABULAR },
  { bytes: '\xac\xed\x00\x05', what: 'a serialised Java object', remedy: TABULAR },
  { bytes: 'Rar!', what: 'a RAR archive', remedy: 'Unpack it and give the model file inside.' },
  {
    bytes: '7z\xbc\xaf',
    what: 'a 7-Zip archive',
    remedy: 'Unpack it and give the model file inside.',
  },
  {
    at: 257,
    bytes: 'ustar',
    what: 'a tar archive',
    remedy: 'Unpack it and give the model file inside.',
  },
];

/** What the first bytes say that a file is, where that is nothing that can be read. */
export function kindByMagic(bytes: Uint8Array): FileKind | undefined {
  const start = Buffer.from(bytes.subarray(0, 300)).toString('latin1');
  return (
    MAGIC.find(({ at = 0, bytes: magic }) => start.startsWith(magic, at)) ??
    safetensors(bytes, start)
  );
}

/** A length of eight bytes, then a JSON header. */
function safetensors(bytes: Uint8Array, start: string): FileKind | undefined {
  if (bytes.length < 16 || !start.startsWith('\0\0\0{"', 5)) return undefined;
  return { what: 'a safetensors file', remedy: NETWORK };
}
