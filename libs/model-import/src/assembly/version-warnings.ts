import type { FoundModel } from '../estimators/contract/converter';
import type { FoundTransformer } from './found-estimator';

/** Where the version of scikit-learn is not one that was checked, or differs between the files. */
export function versionWarnings(
  {
    isOfSklearn = false,
    sklearnVersion: version,
  }: Pick<FoundModel, 'isOfSklearn' | 'sklearnVersion'>,
  before: readonly FoundTransformer[],
): string[] {
  if (!isOfSklearn) return [];
  const other = before.find(({ sklearnVersion }) => sklearnVersion !== version);
  return [
    ...(other
      ? [
          `the ${other.type} was written by scikit-learn ${other.sklearnVersion ?? 'of an unknown version'}, the model by ${version ?? 'an unknown one'}`,
        ]
      : []),
    ...(isChecked(version) ? [] : [uncheckedWarning(version)]),
  ];
}

function isChecked(version: string | undefined): boolean {
  const [major = NaN, minor = NaN] = version?.split('.').map(Number) ?? [];
  return (major === 0 && minor >= 21) || (major === 1 && minor <= 9);
}

function uncheckedWarning(version: string | undefined): string {
  return version === undefined
    ? 'the file does not say which scikit-learn wrote it'
    : `scikit-learn ${version} is outside 0.21 to 1.9, the versions that were checked`;
}
