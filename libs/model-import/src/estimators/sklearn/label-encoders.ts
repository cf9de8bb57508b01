import type { LabelsConverter } from '../contract/converter';

/** Names of classes, saved beside a model. */
export const labelEncoders: LabelsConverter = {
  names: ['sklearn.LabelEncoder', 'sklearn.LabelBinarizer', 'sklearn.MultiLabelBinarizer'],
  role: 'labels',
  docs: 'of the target with --target-encoder; of columns as a dictionary with --before',
  versions: '0.21 to 1.9',
  exactness: 'exact',
};
