import type { FoundModel } from '../estimators/contract/converter';
import { stringsOf } from '../estimators/contract/arrays';
import type { FileContents, NameList } from './candidates';

const OF_CLASSES = /class|target|label|species/i;
/** Codes of a column that its warning shows. */
const MAX_CODES_SHOWN = 5;
const OF_FEATURES = /feature|column|input|name/i;

/** Feature names out of a bundle, where exactly one list can be meant. */
export function bundledNames(model: FoundModel, { nameLists }: FileContents): NameList | undefined {
  if (model.input.names) return undefined;
  const fitting = nameLists.filter((list) => namesFeatures(list, model));
  const [only] = fitting;
  return fitting.length === 1 ? only : undefined;
}

/** Points out what may name the classes, and what made the codes of a column; neither is applied. */
export function labelsBeside(model: FoundModel, { candidates, nameLists }: FileContents): string[] {
  const encoders = candidates.flatMap(({ path, role, estimator }) => {
    if (role !== 'labels') return [];
    return [{ path, names: stringsOf(estimator.get('classes_')) ?? [], encodes: true }];
  });
  const lists = nameLists.filter(({ path }) => OF_CLASSES.test(path));
  const { classCount, input } = model;
  return [...encoders, ...lists.map((list) => ({ ...list, encodes: false }))].flatMap(
    ({ path, names, encodes }) => {
      const column = path.slice(path.lastIndexOf('.') + 1);
      if (encodes && input.names?.includes(column)) return [codesWarning(path, column, names)];
      if (classCount !== undefined && names.length > 0 && names.length !== classCount) return [];
      const option = names.length > 0 ? `--classes "${names.join(',')}"` : '--classes';
      return [`"${path}" may name the classes: pass ${option} to answer with its names`];
    },
  );
}

function codesWarning(path: string, column: string, names: readonly string[]): string {
  const codes = names.slice(0, MAX_CODES_SHOWN).map((name, code) => `${code} for "${name}"`);
  const more = names.length > codes.length ? ', …' : '';
  const listed = codes.length > 0 ? ` (${codes.join(', ')}${more})` : '';
  return (
    `column "${column}" takes the codes of the LabelEncoder at "${path}"${listed}; to send its names, save the ` +
    `encoders in a file of their own, {"${column}": encoder, …}, and pass it as --before`
  );
}

/** A list without a telling path could as well name as many classes, unless it is the only one that long. */
function namesFeatures({ path, names }: NameList, { input, classCount }: FoundModel): boolean {
  if (names.length !== input.count || new Set(names).size !== names.length) return false;
  if (OF_CLASSES.test(path)) return false;
  return OF_FEATURES.test(path) || names.length !== classCount;
}
