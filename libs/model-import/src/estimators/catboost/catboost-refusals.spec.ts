import { border, catBoostDocument, equals } from '../../../../../test/support/catboost-document';
import { importModel } from '../../assembly/import-model';
import { ModelImportError } from '../../files/bytes/model-import.error';
import { openCatBoost } from './open-catboost';

const TREE = { splits: [border(0, 2), border(1, 5)], leaf_values: [1, 10, 100, 1000] };
const RMSE = { oblivious_trees: [TREE] };
const CATEGORIES = {
  categorical_features: [
    { feature_index: 0, flat_feature_index: 0, feature_id: 'size', values: [8] },
  ],
};

describe(openCatBoost.name, () => {
  it.each<[string, string, object, object, RegExp]>([
    ['ranking', 'YetiRank', RMSE, {}, /loss function "YetiRank"/],
    ['no loss function', '', RMSE, {}, /does not state the loss function/],
    ['several numbers for each row', 'MultiQuantile', RMSE, {}, /several targets/],
    ['no trees', 'RMSE', { oblivious_trees: [] }, {}, /without trees/],
    [
      'leaves that do not fit',
      'Logloss',
      { oblivious_trees: [{ splits: [border(0, 1)], leaf_values: [1, 2, 3, 4] }] },
      {},
      /leaves of 2 numbers/,
    ],
    [
      'embeddings',
      'RMSE',
      {
        oblivious_trees: [{ ...TREE, splits: [{ split_type: 'EstimatedFeature' }, border(0, 1)] }],
      },
      {},
      /type "EstimatedFeature"/,
    ],
    [
      'categories without names',
      'RMSE',
      {
        oblivious_trees: [{ splits: [equals(0, 8)], leaf_values: [0, 1] }],
        features_info: CATEGORIES,
      },
      {},
      /name is not in the file.*pool=pool/,
    ],
    [
      'a foreign feature',
      'RMSE',
      { oblivious_trees: [{ splits: [border(7, 0)], leaf_values: [0, 1] }] },
      {},
      /does not exist/,
    ],
    [
      'too few leaves',
      'RMSE',
      { oblivious_trees: [TREE, { ...TREE, leaf_values: [1] }] },
      {},
      /4 numbers/,
    ],
    [
      'half a tree',
      'RMSE',
      { trees: [{ split: border(0, 1), left: { value: 1 } }] },
      {},
      /neither/,
    ],
    [
      'a threshold of its own',
      'Logloss',
      RMSE,
      { binclass_probability_threshold: '0.3' },
      /set_probability_threshold/,
    ],
    [
      'classes in another order',
      'Logloss',
      RMSE,
      { class_params: { class_names: ['a', 'b'], class_to_label: [1, 0] } },
      /declares classes/,
    ],
    [
      'classes that did not occur',
      'Logloss',
      RMSE,
      { class_params: { class_names: ['a', 'b', 'c'], class_to_label: [0, 2] } },
      /declares classes/,
    ],
  ])('refuses %s', (_, loss, members, info, reason) => {
    const bytes = catBoostDocument(loss, members as never, info as never);
    const read = () =>
      importModel({ file: { name: 'm.json', bytes }, name: 'm', version: '1', importer: 't' });
    expect(read).toThrow(reason);
    expect(read).toThrow(ModelImportError);
  });
});
