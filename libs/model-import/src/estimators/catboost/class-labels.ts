import type { ClassLabel } from '@inferserve/model';
import type { JsonNode } from '../../files/json/json-node';

/**
 * The labels of the classes, in the order of the scores: names of the user, else numbers of the data.
 * @throws ModelImportError where classes were declared that the training data did not hold
 */
export function classLabels(info: JsonNode, classCount: number): readonly ClassLabel[] {
  const current = info.get('class_params');
  // The name before 0.24.
  const params = current.exists ? current : info.get('multiclass_params');
  const list = (key: string): readonly JsonNode[] =>
    params.get(key).exists ? params.get(key).list() : [];
  const names = list('class_names').map(labelOf);
  const indices = list('class_to_label').map((node) => node.numeric());
  const declared = params.get('classes_count').exists ? params.get('classes_count').numeric() : 0;
  const isDeclared = names.length > 0 || declared > 0;
  const complete = indices.length === 0 || isSequence(indices, classCount);
  if ((isDeclared && !complete) || Math.max(names.length, declared) > classCount) {
    throw params.fault(
      'declares classes that the training data did not hold',
      'Fit it without class_names and classes_count, or with rows of every class.',
    );
  }
  const labels = names.length > 0 ? names : indices;
  if (labels.length === 0 || (declared > 0 && names.length === 0)) {
    return Array.from({ length: classCount }, (_, k) => k);
  }
  if (labels.length === classCount && new Set(labels).size === classCount) return labels;
  throw params.fault(`names ${labels.length} classes of ${classCount}`);
}

function labelOf(node: JsonNode): ClassLabel {
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return node.number();
}

function isSequence(numbers: readonly number[], count: number): boolean {
  return numbers.length === count && numbers.every((number, k) => number === k);
}
