import type { FoundModel } from '../estimators/contract/converter';
import type { FileContents, NameList } from './candidates';

const OF_CLASSES = /class|target|label|species/i;
const OF_FEATURES = /feature|column|input|name/i;

/** Feature names out of a bundle, where exactly one list can be meant. */
export function bundledNames(model: FoundModel, { nameLists }: FileContents): NameList | undefined {
  if (model.input.names) return undefined;
  const fitting = nameLists.filter((list) => namesFeatures(list, model));
  const [only] = fitting;
  return fitting.length === 1 ? only : undefined;
}

/** Points out what may name the classes. */
export function labelsBeside({ candidates, nameLists }: FileContents): string[] {
  return [
    ...candidates.filter(({ role }) => role === 'labels'),
    ...nameLists.filter(({ path }) => OF_CLASSES.test(path)),
  ].map(({ path }) => `"${path}" may name the classes: pass --classes to answer with its names`);
}

/** A list without a telling path could as well name as many classes, unless it is the only one that long. */
function namesFeatures({ path, names }: NameList, { input, classCount }: FoundModel): boolean {
  if (names.length !== input.count || new Set(names).size !== names.length) return false;
  if (OF_CLASSES.test(path)) return false;
  return OF_FEATURES.test(path) || names.length !== classCount;
}
