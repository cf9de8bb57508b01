import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { CommandError } from '../command.error';
import { download, shownUrl } from '../files/download';
import { MAX_FILE_BYTES } from '../files/input-file';
import type { TrackingOptions } from '../options/tracking.options';
import { MLFLOW_DESCRIPTION, readMlflowFolder } from './mlflow-folder';

const MIB = 2 ** 20;
const REGISTRY_URI = /^models:\/+(?<name>[^/@]+)(?:\/(?<version>[^/@]+)|@(?<alias>[^/@]+))$/;
/** What a server that keeps artifacts itself calls them; the authority, if any, is its own. */
const SERVED_ARTIFACTS = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(?<path>.+?)\/*$/;

/** Whether an argument means a model in MLflow's registry. */
export function isRegistryModel(argument: string): boolean {
  return argument.startsWith('models:');
}

/**
 * Gets what is needed of a registered model and hands over a folder as MLflow writes it, which is there until `use`
 * has ended. The routes are those of MLflow's REST API: `registered-models/alias`,
 * `model-versions/get-download-uri` and `mlflow-artifacts/artifacts`.
 * @throws CommandError where the server or the model cannot be reached, or keeps its artifacts elsewhere
 */
export async function withRegistryModel<T>(
  uri: string,
  options: TrackingOptions,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const { name, version, alias } = REGISTRY_URI.exec(uri)?.groups ?? {};
  if (name === undefined) {
    throw new CommandError(
      `${uri} names no registered model. Write models:/NAME/VERSION or models:/NAME@ALIAS.`,
      2,
    );
  }
  const server = new TrackingServer(options);
  const wanted = version ?? (await server.versionOf(name, alias!));
  const artifacts = await server.artifactsOf(name, wanted);
  const folder = mkdtempSync(join(tmpdir(), 'inferserve-registry-'));
  try {
    const path = join(folder, MLFLOW_DESCRIPTION);
    writeFileSync(path, await server.artifact(`${artifacts}/${MLFLOW_DESCRIPTION}`, MIB));
    const { file } = readMlflowFolder(folder);
    const inside = relative(folder, file).split(sep).join('/');
    const bytes = await server.artifact(`${artifacts}/${inside}`, MAX_FILE_BYTES);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The part of MLflow's REST API that leads from a name to files. */
class TrackingServer {
  /** May hold user and password. */
  private readonly base: string;
  private readonly headers: Readonly<Record<string, string>>;

  constructor({ trackingUri, trackingToken, trackingUsername, trackingPassword }: TrackingOptions) {
    if (trackingUri === undefined || !/^https?:/i.test(trackingUri) || !URL.canParse(trackingUri)) {
      throw new CommandError(
        'models:/… needs --tracking-uri or MLFLOW_TRACKING_URI, the http or https address of the MLflow server.',
        2,
      );
    }
    const url = new URL(trackingUri);
    if (trackingUsername !== undefined) url.username = encodeURIComponent(trackingUsername);
    if (trackingPassword !== undefined) url.password = encodeURIComponent(trackingPassword);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/2.0`;
    [url.search, url.hash] = ['', ''];
    this.base = url.href;
    this.headers = trackingToken === undefined ? {} : { authorization: `Bearer ${trackingToken}` };
  }

  async versionOf(name: string, alias: string): Promise<string> {
    const answer = await this.ask('mlflow/registered-models/alias', { name, alias });
    const { version } = (answer['model_version'] ?? {}) as { readonly version?: unknown };
    return this.text(version, 'mlflow/registered-models/alias');
  }

  /** Path of the model's artifacts as the server itself serves them. */
  async artifactsOf(name: string, version: string): Promise<string> {
    const route = 'mlflow/model-versions/get-download-uri';
    const answer = await this.ask(route, { name, version });
    const location = this.text(answer['artifact_uri'], route);
    const path = SERVED_ARTIFACTS.exec(location)?.groups?.['path'];
    if (path !== undefined) return path;
    const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(location)?.[0] ?? 'a path';
    throw new CommandError(
      `version ${version} of ${name} is kept outside of the MLflow server (${scheme}). Get it with "mlflow artifacts download --artifact-uri models:/${name}/${version} --dst-path model", then import the folder.`,
    );
  }

  async artifact(path: string, maxBytes: number): Promise<Uint8Array> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    return this.get(`${this.base}/mlflow-artifacts/artifacts/${encoded}`, maxBytes);
  }

  private async ask(
    route: string,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const url = `${this.base}/${route}?${new URLSearchParams(parameters)}`;
    const bytes = await this.get(url, MIB);
    try {
      return JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>;
    } catch (cause) {
      throw this.notMlflow(route, cause);
    }
  }

  private async get(url: string, maxBytes: number): Promise<Uint8Array> {
    return download(url, { maxBytes, headers: this.headers, remedyFor });
  }

  private text(value: unknown, route: string): string {
    if (typeof value === 'string') return value;
    throw this.notMlflow(route);
  }

  private notMlflow(route: string, cause?: unknown): CommandError {
    return new CommandError(
      `${shownUrl(`${this.base}/${route}`)} does not answer as MLflow does. Check --tracking-uri.`,
      1,
      { cause },
    );
  }
}

function remedyFor(status: number): string {
  if (status === 401 || status === 403) {
    return 'Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, to a login that may read the model.';
  }
  if (status === 404) return 'Check the name, the version or alias, and --tracking-uri.';
  return 'Try again, or look into the log of the MLflow server.';
}
