import type { Container, PodSpec } from 'kubernetes-types/core/v1';
import { type Application, containerFaults, graceFaults, isRestricted } from './deploy-rules';

/** What KServe's ClusterServingRuntime has, as far as this project uses it. */
export interface ServingRuntime {
  readonly apiVersion: 'serving.kserve.io/v1alpha1';
  readonly kind: 'ClusterServingRuntime';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly annotations: Readonly<Record<string, string>>;
    readonly supportedModelFormats: readonly {
      readonly name: string;
      readonly version?: string;
      readonly autoSelect?: boolean;
      readonly priority?: number;
    }[];
    readonly protocolVersions: readonly ('v1' | 'v2')[];
    readonly containers: Container[];
  };
}

/** What KServe's InferenceService has, as far as this project uses it. */
export interface InferenceService {
  readonly apiVersion: 'serving.kserve.io/v1beta1';
  readonly kind: 'InferenceService';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly predictor: Pick<
      PodSpec,
      'terminationGracePeriodSeconds' | 'automountServiceAccountToken'
    > & {
      readonly minReplicas?: number;
      readonly model: {
        readonly modelFormat: { readonly name: string };
        readonly protocolVersion?: 'v1' | 'v2';
        readonly runtime?: string;
        readonly storageUri: string;
      };
    };
  };
}

/** Faults that KServe reports late or never, each in one sentence. */
export function kserveFaults(
  { spec: runtime }: ServingRuntime,
  { spec: { predictor } }: InferenceService,
  application: Application,
): string[] {
  const [container] = runtime.containers;
  const { env = [], ports = [] } = container!;
  const valueOf = (variable: string) => env.find(({ name }) => name === variable)?.value;
  const { model } = predictor;
  const fault = (isBroken: boolean, text: string): string[] => (isBroken ? [text] : []);
  return [
    ...fault(container!.name !== 'kserve-container', 'KServe wants the name kserve-container'),
    ...fault(valueOf('PORT') !== undefined, 'Knative reserves PORT'),
    ...fault(!container!.args?.includes('/mnt/models'), 'KServe puts the model into /mnt/models'),
    ...fault(!container!.args?.includes('{{.Name}}'), 'the model has the name of its service'),
    ...fault(
      runtime.annotations['prometheus.kserve.io/port'] !== String(ports[0]?.containerPort),
      'the metrics are on another port',
    ),
    ...runtime.protocolVersions
      .filter((version) => !valueOf('PROTOCOLS')?.split(',').includes(version))
      .map((version) => `PROTOCOLS lacks ${version}`),
    ...fault(
      !runtime.supportedModelFormats.some(({ name }) => name === model.modelFormat.name),
      `no runtime for the format ${model.modelFormat.name}`,
    ),
    ...containerFaults(container!, ports[0]?.containerPort, application),
    ...graceFaults(container!, predictor.terminationGracePeriodSeconds, application),
    ...fault(!isRestricted(container!), 'the container is not restricted'),
    ...fault(container!.securityContext?.runAsNonRoot !== true, 'the container may be root'),
    ...fault(predictor.automountServiceAccountToken !== false, 'the pod gets a token'),
  ];
}
