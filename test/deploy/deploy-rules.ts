import type { Deployment } from 'kubernetes-types/apps/v1';
import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import type { Manifest } from './render';

/** Room for what is in flight after the shutdown delay, in seconds. */
const DRAIN_SECONDS = 15;

/** What a rule needs to know of the application. */
export interface Application {
  readonly port: number;
  readonly routes: readonly string[];
  readonly settings: readonly string[];
  readonly defaultShutdownDelaySeconds: number;
}

/** Faults that no schema sees, each in one sentence; none for a sound set of manifests. */
export function deployFaults(manifests: readonly Manifest[], application: Application): string[] {
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
  const labels = deployments.map((manifest) => podOf(manifest).labels);
  return [
    ...manifests.flatMap((manifest) => selectorFaults(manifest, labels)),
    ...deployments
      .filter(({ metadata }) => metadata.name === 'inferserve')
      .flatMap((manifest) => apiFaults(podOf(manifest).spec, application)),
    ...deployments.flatMap((manifest) => securityFaults(manifest)),
  ];
}

type Labels = Readonly<Record<string, string>>;

function podOf(manifest: Manifest): { readonly labels: Labels; readonly spec: PodSpec } {
  const { template } = (manifest as unknown as Deployment).spec!;
  return { labels: template.metadata!.labels!, spec: template.spec! };
}

/** An empty selector of a budget or policy means everything or nothing, and no validator complains. */
function selectorFaults({ kind, metadata, spec }: Manifest, pods: readonly Labels[]): string[] {
  const selectors: Readonly<Record<string, unknown>> = {
    Service: spec?.['selector'],
    Deployment: (spec?.['selector'] as { matchLabels?: Labels } | undefined)?.matchLabels,
    PodDisruptionBudget: (spec?.['selector'] as { matchLabels?: Labels } | undefined)?.matchLabels,
    NetworkPolicy: (spec?.['podSelector'] as { matchLabels?: Labels } | undefined)?.matchLabels,
  };
  if (!Object.hasOwn(selectors, kind)) return [];
  const selector = Object.entries((selectors[kind] ?? {}) as Labels);
  const matches = pods.some((pod) => selector.every(([key, value]) => pod[key] === value));
  return selector.length > 0 && matches
    ? []
    : [`${kind} ${metadata.name}: its selector matches no pod template`];
}

function apiFaults(pod: PodSpec, application: Application): string[] {
  const [container] = pod.containers;
  const port = container!.ports?.find(({ name }) => name === 'http')?.containerPort;
  return [
    ...containerFaults(container!, port, application),
    ...graceFaults(container!, pod.terminationGracePeriodSeconds, application),
    ...(pod.enableServiceLinks === false ? [] : ['service links are on: they set REDIS_PORT']),
  ];
}

/** Faults of a container of the application that listens on `port`. */
export function containerFaults(
  container: Container,
  port: number | undefined,
  application: Application,
): string[] {
  const { env = [] } = container;
  return [
    ...(port === application.port ? [] : [`the container port is ${port}`]),
    ...env
      .filter(({ name }) => !application.settings.includes(name))
      .map(({ name }) => `${name} is no setting of the application`),
    ...probePaths(container)
      .filter((path) => !application.routes.includes(path))
      .map((path) => `${path} is no route of the application`),
  ];
}

/** Whether a pod is killed before it has stopped by itself. */
export function graceFaults(
  { env = [] }: Container,
  grace = 30,
  application: Application,
): string[] {
  const delay = Number(
    env.find(({ name }) => name === 'SHUTDOWN_DELAY_SECONDS')?.value ??
      application.defaultShutdownDelaySeconds,
  );
  return grace >= delay + DRAIN_SECONDS
    ? []
    : [`a grace period of ${grace} s is less than the delay of ${delay} s and ${DRAIN_SECONDS} s`];
}

function probePaths({ startupProbe, livenessProbe, readinessProbe }: Container): string[] {
  // KServe has no startup probe; the others may not be left out.
  const probes = [...(startupProbe ? [startupProbe] : []), livenessProbe, readinessProbe];
  return probes.map((probe) => probe?.httpGet?.path ?? '(no HTTP probe)');
}

/** What the Pod Security level "restricted" asks for, and a read-only root. */
function securityFaults(manifest: Manifest): string[] {
  const { spec: pod } = podOf(manifest);
  const context = pod.securityContext;
  const sound =
    context?.runAsNonRoot === true &&
    context.seccompProfile?.type === 'RuntimeDefault' &&
    pod.automountServiceAccountToken === false &&
    pod.containers.every(isRestricted);
  return sound ? [] : [`Deployment ${manifest.metadata.name}: is not restricted`];
}

/** What "restricted" asks of a container, and a read-only root. */
export function isRestricted({ securityContext }: Container): boolean {
  return (
    securityContext?.allowPrivilegeEscalation === false &&
    securityContext.readOnlyRootFilesystem === true &&
    (securityContext.capabilities?.drop?.includes('ALL') ?? false)
  );
}
