const CLASS = /^_?[A-Z][A-Za-z0-9_]*$/;
const ANY = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CYTHON = /^(?:__pyx_unpickle_\w+|newObj|[A-Z]\w*)$/;
const LOSS = /^(?:__pyx_unpickle_Cy\w+|Cy\w+)$/;
const NUMPY_TYPES =
  /^(?:ndarray|dtype|matrix|bool_?|str_|bytes_|object_|u?int(?:8|16|32|64)|float(?:16|32|64)|int_|longlong|intc)$/;

/**
 * The globals that files with scikit-learn models hold. A name with a dot is never one: Python would follow
 * it to an attribute of the module. Functions stand here only where models keep them (scorers, losses).
 */
const ALLOWED: readonly (readonly [module: RegExp, name: RegExp])[] = [
  [/^sklearn\.(?!datasets|externals|conftest)[\w.]+$/, CLASS],
  [/^sklearn\.(?:metrics|feature_selection)[\w.]*$/, ANY],
  [/^sklearn\.(?:_loss|tree|neighbors|ensemble|linear_model|metrics|svm|utils)[\w.]*$/, CYTHON],
  [/^_loss$/, LOSS],
  [/^numpy$/, NUMPY_TYPES],
  [/^numpy\._?core\.multiarray$/, /^(?:_reconstruct|scalar)$/],
  [/^numpy\._?core\.numeric$/, /^_frombuffer$/],
  [/^numpy\.ma(?:\.core)?$/, /^(?:_mareconstruct|MaskedArray)$/],
  [/^numpy\.random\._pickle$/, /^__(?:randomstate|generator|bit_generator)_ctor$/],
  [/^numpy\.random(?:\.\w+)?$/, CYTHON],
  [/^joblib\.numpy_pickle(?:_compat)?$/, /^Z?N(?:D|umpy)ArrayWrapper$/],
  [/^joblib\.(?:memory|_store_backends)$/, /^(?:Memory|FileSystemStoreBackend)$/],
  [/^scipy\.sparse(?:\.\w+)?$/, /^[a-z]{3}_(?:matrix|array)$/],
  [/^scipy\.stats\.\w+$/, /^(?:rv_\w+|\w+_gen)$/],
  [/^pandas(?:\.core\.indexes\.base)?$/, /^(?:Index|_new_Index)$/],
  [/^collections$/, /^(?:OrderedDict|defaultdict)$/],
  [/^_codecs$/, /^encode$/],
  [/^copy_?reg$/, /^_reconstructor$/],
  [
    /^(?:builtins|__builtin__)$/,
    /^(?:object|set|frozenset|slice|bytearray|complex|x?range|list|tuple|dict|int|float|bool|str|bytes)$/,
  ],
];

/** Whether a file that names this global may be imported. */
export function isAllowedGlobal(module: string, name: string): boolean {
  return ALLOWED.some(([modules, names]) => modules.test(module) && names.test(name));
}
