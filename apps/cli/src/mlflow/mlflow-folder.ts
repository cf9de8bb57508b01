import { existsSync, readFileSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { parse } from 'yaml';
import { CommandError } from '../command.error';

/** The file in which MLflow describes the model of a folder. */
export const MLFLOW_DESCRIPTION = 'MLmodel';
/** Flavours in the order of preference, each with the keys that name its model file. */
const FLAVOURS: readonly (readonly [flavour: string, keys: readonly string[]])[] = [
  ['sklearn', ['pickled_model']],
  ['xgboost', ['data']],
  ['lightgbm', ['data']],
  ['onnx', ['data']],
  ['catboost', ['data']],
  ['python_function', ['model_path', 'data']],
];

/** What the folder of a model that MLflow saved says about it. */
export interface MlflowModel {
  /** Path of the model file. */
  readonly file: string;
  /** Names of the columns by its signature; `undefined` for a model without one, or with unnamed tensors. */
  readonly features?: readonly string[];
}

/** Whether a path is a folder that MLflow wrote. */
export function isMlflowFolder(path: string): boolean {
  return existsSync(join(path, MLFLOW_DESCRIPTION));
}

/**
 * Reads the `MLmodel` of a folder, as mlflow.sklearn, xgboost, lightgbm, onnx and catboost write it.
 * @throws CommandError for a flavour without a file of a supported library
 */
export function readMlflowFolder(folder: string): MlflowModel {
  const path = join(folder, MLFLOW_DESCRIPTION);
  const description = recordOf(parsed(path));
  const flavours = recordOf(description.flavors);
  for (const [flavour, keys] of FLAVOURS) {
    const entries = recordOf(flavours[flavour]);
    const name = keys.map((key) => entries[key]).find((value) => typeof value === 'string');
    if (name !== undefined) {
      return { file: inside(folder, name), features: signatureColumns(description) };
    }
  }
  const names = Object.keys(flavours).join(', ') || 'none';
  throw new CommandError(
    `${path} names no model file of a supported library (its flavours: ${names}). Log the model with mlflow.sklearn, mlflow.xgboost, mlflow.lightgbm or mlflow.onnx.`,
  );
}

function parsed(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'), { maxAliasCount: 10 });
  } catch (cause) {
    throw new CommandError(
      `${path} is not YAML as MLflow writes it. Copy the model's folder again.`,
      1,
      { cause },
    );
  }
}

/** @throws CommandError for what is no file inside of the folder */
function inside(folder: string, name: string): string {
  const path = normalize(name);
  if (path === '.' || path.startsWith('..') || path.startsWith(sep)) {
    throw new CommandError(
      `${join(folder, MLFLOW_DESCRIPTION)} names a model file outside of its folder. Only files inside of it are read.`,
    );
  }
  return join(folder, path);
}

/** The signature's inputs are JSON in a text: columns with names, or one tensor without. */
function signatureColumns({ signature }: Description): readonly string[] | undefined {
  const { inputs } = recordOf(signature);
  if (typeof inputs !== 'string') return undefined;
  let columns: unknown;
  try {
    columns = JSON.parse(inputs);
  } catch {
    return undefined;
  }
  if (!Array.isArray(columns)) return undefined;
  const names = columns.map((column) => recordOf(column).name);
  const isColumn = columns.every((column) => recordOf(column).type !== 'tensor');
  return isColumn && names.every((name) => typeof name === 'string') ? names : undefined;
}

type Description = Readonly<Record<string, unknown>>;

function recordOf(value: unknown): Description {
  return typeof value === 'object' && value !== null ? (value as Description) : {};
}
