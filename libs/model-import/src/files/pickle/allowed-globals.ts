/** A rule of the table: modules by pattern, and which of their names a model may hold. */
interface AllowedGlobals {
  readonly modules: RegExp;
  readonly names: RegExp;
  /** What models need it for. */
  readonly purpose: string;
}

const CLASS = /^_?[A-Z][A-Za-z0-9_]*$/;
const ANY = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CYTHON = /^(?:__pyx_unpickle_\w+|newObj|[A-Z]\w*)$/;
const UFUNC =
  /^(?:log|log1p|log2|log10|exp|exp2|expm1|sqrt|cbrt|square|absolute|abs|fabs|sign|negative|positive|reciprocal|sin|cos|tan|arcsin|arccos|arctan|sinh|cosh|tanh|arcsinh|arctanh|floor|ceil|rint|trunc|deg2rad|rad2deg|isnan|isfinite|nan_to_num|identity|ravel|squeeze)$/;
const NUMPY_TYPES =
  /^(?:ndarray|dtype|matrix|number|integer|floating|generic|bool_?|str_|bytes_|object_|u?int(?:8|16|32|64)?|float(?:16|32|64|_)?|int_|longlong|intc|double|nan)$/;

/**
 * The globals that files with models hold, all kept as inert names. A name with a dot is never one: Python would
 * follow it to an attribute of the module. Nothing of `__main__` or of the user's modules is here: what such
 * code does to a row is not in the file.
 */
const ALLOWED: readonly AllowedGlobals[] = [
  {
    modules: /^sklearn\.(?!datasets|externals|conftest)[\w.]+$/,
    names: CLASS,
    purpose: 'estimators',
  },
  {
    modules: /^sklearn\.(?:metrics|feature_selection)[\w.]*$/,
    names: ANY,
    purpose: 'score functions',
  },
  {
    modules:
      /^sklearn\.(?:_loss|tree|neighbors|ensemble|linear_model|metrics|svm|utils|_isotonic)[\w.]*$/,
    names: CYTHON,
    purpose: 'trees, losses and other Cython objects',
  },
  {
    modules: /^sklearn\.compose\._column_transformer$/,
    names: /^make_column_selector$/,
    purpose: 'selectors, whose result is stored beside them',
  },
  {
    modules: /^sklearn\.utils\.validation$/,
    names: /^check_array$/,
    purpose: 'HistGradientBoosting',
  },
  {
    modules: /^sklearn\.preprocessing\._function_transformer$/,
    names: /^_identity$/,
    purpose: 'passthrough',
  },
  {
    modules: /^sklearn\.externals\.joblib\.numpy_pickle$/,
    names: /^NumpyArrayWrapper$/,
    purpose: 'arrays of scikit-learn before 0.23',
  },
  {
    modules: /^_loss$/,
    names: /^(?:__pyx_unpickle_Cy\w+|Cy\w+)$/,
    purpose: 'losses, as Cython names their module',
  },
  { modules: /^xgboost\.(?:core|sklearn)$/, names: CLASS, purpose: 'XGBoost wrappers' },
  { modules: /^xgboost\.compat$/, names: CLASS, purpose: 'label encoders of XGBoost before 1.6' },
  { modules: /^lightgbm\.(?:basic|sklearn)$/, names: CLASS, purpose: 'LightGBM wrappers' },
  { modules: /^lightgbm\.sklearn$/, names: /^_LGBM\w+$/, purpose: 'label encoders of LightGBM' },
  { modules: /^imblearn\.[\w.]+$/, names: CLASS, purpose: 'pipelines with samplers' },
  { modules: /^numpy$/, names: NUMPY_TYPES, purpose: 'arrays and their types' },
  { modules: /^numpy\.dtypes$/, names: CLASS, purpose: 'types of numpy 2' },
  {
    modules: /^numpy\.(?:_?core\.multiarray)$/,
    names: /^(?:_reconstruct|scalar)$/,
    purpose: 'arrays',
  },
  { modules: /^numpy\._?core\.numeric$/, names: /^_frombuffer$/, purpose: 'arrays of protocol 5' },
  {
    modules: /^numpy(?:\._?core(?:\._multiarray_umath|\.umath|\.fromnumeric|\.numeric)?)?$/,
    names: UFUNC,
    purpose: 'functions of FunctionTransformer',
  },
  {
    modules: /^numpy\._?core\._multiarray_umath$/,
    names: /^_ufunc_reconstruct$/,
    purpose: 'functions of FunctionTransformer',
  },
  {
    modules: /^numpy\.ma(?:\.core)?$/,
    names: /^(?:_mareconstruct|MaskedArray|MaskedConstant)$/,
    purpose: 'results of a search',
  },
  {
    modules: /^numpy\.random\._pickle$/,
    names: /^__(?:randomstate|generator|bit_generator)_ctor$/,
    purpose: 'random states',
  },
  { modules: /^numpy\.random(?:\.\w+)?$/, names: CYTHON, purpose: 'random states' },
  {
    modules: /^joblib\.numpy_pickle(?:_compat)?$/,
    names: /^Z?N(?:D|umpy)ArrayWrapper$/,
    purpose: 'arrays',
  },
  {
    modules: /^joblib\.(?:memory|_store_backends)$/,
    names: /^(?:Memory|FileSystemStoreBackend)$/,
    purpose: 'caches of a pipeline',
  },
  {
    modules: /^scipy\.sparse(?:\.\w+)?$/,
    names: /^[a-z]{3}_(?:matrix|array)$/,
    purpose: 'sparse coefficients',
  },
  {
    modules: /^scipy\._lib\.array_api_compat[\w.]*$/,
    names: ANY,
    purpose: 'splines of scipy 1.16',
  },
  { modules: /^scipy\.interpolate(?:\.\w+)?$/, names: /^BSpline$/, purpose: 'splines' },
  {
    modules: /^scipy\.special(?:\.\w+)?$/,
    names: /^(?:expit|logit|log1p|expm1|boxcox1?p?)$/,
    purpose: 'functions of FunctionTransformer',
  },
  {
    modules: /^scipy\.stats\.\w+$/,
    names: /^(?:rv_\w+|\w+_gen)$/,
    purpose: 'distributions of a random search',
  },
  {
    modules: /^pandas(?:\.core\.indexes\.\w+)?$/,
    names: /^(?:\w*Index|_new_Index)$/,
    purpose: 'names of columns',
  },
  {
    modules:
      /^pandas(?:\.arrays|\._libs\.\w+|\.core\.\w+|\.core\.arrays\.\w+|\.core\.dtypes\.dtypes)?$/,
    names:
      /^(?:__pyx_unpickle_NDArrayBacked|CategoricalDtype|StringDtype|StringArray|ArrowStringArray|NA|NAType)$/,
    purpose: 'names of columns in pandas 3',
  },
  {
    modules: /^dill\._dill$/,
    names: /^_(?:create_array|load_type|create_dtypemeta)$/,
    purpose: 'arrays and types written by dill',
  },
  {
    modules: /^collections$/,
    names: /^(?:OrderedDict|defaultdict|Counter)$/,
    purpose: 'dictionaries',
  },
  {
    modules: /^functools$/,
    names: /^partial$/,
    purpose: 'HistGradientBoosting; elsewhere refused by the importer',
  },
  { modules: /^types$/, names: /^SimpleNamespace$/, purpose: 'plain records' },
  {
    modules: /^pathlib(?:\._local)?$/,
    names: /^(?:Posix|Windows)?(?:Pure)?Path$/,
    purpose: 'cache locations',
  },
  { modules: /^_codecs$/, names: /^encode$/, purpose: 'bytes in protocol 2' },
  { modules: /^copy_?reg$/, names: /^_reconstructor$/, purpose: 'objects in protocol 2' },
  {
    modules: /^(?:builtins|__builtin__)$/,
    names:
      /^(?:object|set|frozenset|slice|bytearray|complex|x?range|list|tuple|dict|int|float|bool|str|bytes|abs)$/,
    purpose: 'plain data',
  },
];

/** Whether a file that names this global may be imported. */
export function isAllowedGlobal(module: string, name: string): boolean {
  return ALLOWED.some(({ modules, names }) => modules.test(module) && names.test(name));
}
