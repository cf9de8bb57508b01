import { isAllowedGlobal } from './allowed-globals';

describe('isAllowedGlobal', () => {
  it.each([
    ['sklearn.linear_model._logistic', 'LogisticRegression'],
    ['sklearn.linear_model.logistic', 'LogisticRegression'],
    ['sklearn._loss._loss', '__pyx_unpickle_CyHalfBinomialLoss'],
    ['sklearn.metrics._scorer', '_passthrough_scorer'],
    ['sklearn.compose._column_transformer', '_RemainderColsList'],
    ['_loss', 'CyHalfBinomialLoss'],
    ['numpy', 'dtype'],
    ['numpy.core.multiarray', '_reconstruct'],
    ['numpy._core.multiarray', 'scalar'],
    ['numpy._core.numeric', '_frombuffer'],
    ['numpy.random._pickle', '__randomstate_ctor'],
    ['joblib.numpy_pickle', 'NumpyArrayWrapper'],
    ['scipy.sparse._csr', 'csr_matrix'],
    ['scipy.stats._distn_infrastructure', 'rv_continuous_frozen'],
    ['copy_reg', '_reconstructor'],
    ['__builtin__', 'set'],
    ['functools', 'partial'],
    ['numpy', 'log1p'],
    ['numpy.core._multiarray_umath', 'log1p'],
    ['sklearn.compose._column_transformer', 'make_column_selector'],
    ['sklearn.ensemble._gb_losses', 'BinomialDeviance'],
    ['sklearn.neighbors._kd_tree', 'newObj'],
    ['xgboost.core', 'Booster'],
    ['lightgbm.sklearn', 'LGBMClassifier'],
    ['dill._dill', '_create_array'],
    ['pandas._libs.arrays', '__pyx_unpickle_NDArrayBacked'],
    ['pandas.arrays', 'StringArray'],
    ['pandas', 'StringDtype'],
    ['sklearn.externals.joblib.numpy_pickle', 'NumpyArrayWrapper'],
  ])('%s %s: yes', (module, name) => {
    expect(isAllowedGlobal(module, name)).toBe(true);
  });

  it.each([
    ['os', 'system'],
    ['posix', 'system'],
    ['nt', 'system'],
    ['subprocess', 'Popen'],
    ['builtins', 'eval'],
    ['builtins', 'exec'],
    ['builtins', 'getattr'],
    ['builtins', '__import__'],
    ['numpy', 'load'],
    ['numpy.testing._private.utils', 'runstring'],
    ['numpy.f2py.crackfortran', 'getlincoef'],
    ['numpy.core.multiarray', 'os.system'],
    ['sklearn.pipeline', 'Pipeline.fit'],
    ['sklearn.datasets._base', 'Path'],
    ['sklearn.utils._testing', 'set_random_state'],
    ['joblib.numpy_pickle', 'load'],
    ['sklearnx.pipeline', 'Pipeline'],
    ['xsklearn.pipeline', 'Pipeline'],
    ['_codecs', 'decode'],
    ['__main__', 'MyScaler'],
    ['my_package.steps', 'clean'],
    ['dill._dill', '_create_function'],
    ['cloudpickle.cloudpickle', '_make_function'],
    ['pandas.core.frame', 'DataFrame'],
    ['operator', 'attrgetter'],
    ['torch.storage', '_load_from_bytes'],
    ['', ''],
  ])('%s %s: no', (module, name) => {
    expect(isAllowedGlobal(module, name)).toBe(false);
  });
});
