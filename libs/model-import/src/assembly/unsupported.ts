import type { Estimator } from '../estimators/contract/estimator';
import type { ModelImportError } from '../files/bytes/model-import.error';

const LIST = 'docs/import-your-model.md lists what is supported, with the way out for the rest.';

/** What kinds of estimator are in words, by class name or module, and the remedy for each. */
const KINDS: readonly (readonly [pattern: RegExp, what: string, remedy: string])[] = [
  [
    /^catboost\./,
    'a pickled CatBoost model',
    'Save it as JSON, which is supported: model.save_model("model.json", format="json", pool=pool).',
  ],
  [/(?:Ranker|RFRanker)$/, 'a ranking model, which gives neither a class nor a value', LIST],
  [
    /^sklearn\.cluster\.|KMeans|DBSCAN/,
    'a clustering model, which gives neither a class nor a value',
    'Fit a classifier on the cluster labels.',
  ],
  [
    /MultiOutput|ClassifierChain|RegressorChain/,
    'a model of several outputs',
    'Fit one model for each output.',
  ],
  [
    /Vectorizer$|^sklearn\.feature_extraction\./,
    'a step that makes features of text or records',
    LIST,
  ],
  [/Classifier(?:CV)?$|SVC$|NB$|Classifier$|LogisticRegression/, 'a classifier', LIST],
  [
    /Regress(?:or|ion)(?:CV)?$|SVR$|Lasso|ElasticNet|Ridge(?:CV)?$|LinearRegression/,
    'a regressor',
    LIST,
  ],
  [
    /^sklearn\.(?:preprocessing|impute|compose|decomposition|feature_selection|kernel_approximation|random_projection|manifold)\./,
    'a preprocessing step',
    'Apply that step before sending the features, and save the rest of the pipeline.',
  ],
];

/** The error for a class that has no converter: says what it is before it says that it is not supported. */
export function unsupported(estimator: Estimator): ModelImportError {
  const name = `${estimator.module}.${estimator.className}`;
  const [, what, remedy] = KINDS.find(([pattern]) => pattern.test(name)) ?? [];
  return estimator.fault(
    what === undefined
      ? `is a class that is not supported (${estimator.module})`
      : `is ${what} that is not supported`,
    remedy ?? LIST,
  );
}
