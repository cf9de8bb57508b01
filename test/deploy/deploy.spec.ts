import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { APPLICATION } from './application';
import { deployFaults } from './deploy-rules';
import { hasKustomize, type Manifest, render } from './render';

/** The types of kubernetes-types for the documents that the project ships. */
const TYPES = new Map([
  ['ServiceAccount', 'core/v1'],
  ['Service', 'core/v1'],
  ['Deployment', 'apps/v1'],
  ['PodDisruptionBudget', 'policy/v1'],
  ['HorizontalPodAutoscaler', 'autoscaling/v2'],
  ['NetworkPolicy', 'networking/v1'],
]);

/** What the compiler says of the documents as typed constants: unknown fields, missing ones, wrong types. */
function typeFaults(manifests: readonly Manifest[]): string {
  // Inside the project, so that the compiler finds the types.
  const folder = mkdtempSync(join('test', '.manifests-'));
  const lines = manifests
    .filter(({ kind }) => TYPES.has(kind))
    .map((manifest, i) => {
      const type = `import('kubernetes-types/${TYPES.get(manifest.kind)}').${manifest.kind}`;
      return `export const document${i}: ${type} = ${JSON.stringify(manifest)};`;
    });
  try {
    const file = join(folder, 'manifests.ts');
    writeFileSync(file, lines.join('\n'));
    const options =
      '--noEmit --ignoreConfig --strict --skipLibCheck --module nodenext --types node';
    execFileSync('node_modules/.bin/tsc', [...options.split(' '), file], { encoding: 'utf8' });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

(hasKustomize ? describe : describe.skip)('the manifests of deploy/kubernetes', () => {
  const all = hasKustomize ? render('test/deploy/everything') : [];

  test('render, with every component', () => {
    const kinds = all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(kinds.sort()).toEqual([
      'Deployment inferserve',
      'Deployment inferserve-redis',
      'HTTPRoute inferserve',
      'HorizontalPodAutoscaler inferserve',
      'NetworkPolicy inferserve',
      'PodDisruptionBudget inferserve',
      'Service inferserve',
      'Service inferserve-redis',
      'ServiceAccount inferserve',
      'ServiceMonitor inferserve',
    ]);
  });

  test('keep the rules', () => {
    expect(deployFaults(all, APPLICATION)).toEqual([]);
    expect(deployFaults(render('deploy/kubernetes/example'), APPLICATION)).toEqual([]);
  });

  test('have the fields that Kubernetes knows', () => {
    expect(typeFaults(all)).toBe('');
  });

  describe('broken on purpose are noticed:', () => {
    type Change = readonly [
      what: string,
      kind: string,
      path: string,
      value: unknown,
      fault: RegExp,
    ];
    const pod = 'spec.template.spec';
    const changes: readonly Change[] = [
      ['an empty selector', 'PodDisruptionBudget', 'spec.selector', {}, /matches no pod/],
      ['a wrong selector', 'Service', 'spec.selector', { app: 'x' }, /matches no pod/],
      ['a policy for nobody', 'NetworkPolicy', 'spec.podSelector', {}, /matches no pod/],
      ['a short grace period', 'Deployment', `${pod}.terminationGracePeriodSeconds`, 20, /grace/],
      ['service links', 'Deployment', `${pod}.enableServiceLinks`, true, /service links/],
      ['an unknown variable', 'Deployment', `${pod}.containers.0.env.0.name`, 'RATE', /no setting/],
      [
        'a probe of no route',
        'Deployment',
        `${pod}.containers.0.readinessProbe.httpGet.path`,
        '/ready',
        /no route/,
      ],
      ['another port', 'Deployment', `${pod}.containers.0.ports.0.containerPort`, 80, /port is 80/],
      ['a root user', 'Deployment', `${pod}.securityContext.runAsNonRoot`, false, /restricted/],
      [
        'capabilities',
        'Deployment',
        `${pod}.containers.0.securityContext.capabilities`,
        {},
        /restricted/,
      ],
    ];

    test.each(changes)('%s', (_, kind, path, value, fault) => {
      expect(deployFaults(changed(all, kind, path, value), APPLICATION)).toContainEqual(
        expect.stringMatching(fault),
      );
    });

    test('an unknown field', () => {
      const typo = changed(all, 'PodDisruptionBudget', 'spec.maxUnavailabel', 1);
      expect(typeFaults(typo)).toMatch(/maxUnavailabel/);
    });
  });
});

/** The documents with one value replaced in the first of a kind. */
function changed(all: readonly Manifest[], kind: string, path: string, value: unknown): Manifest[] {
  const copy = structuredClone(all) as Manifest[];
  const keys = path.split('.');
  const last = keys.pop()!;
  const document = copy.find((manifest) => manifest.kind === kind)!;
  const parent = keys.reduce<Record<string, unknown>>(
    (node, key) => node[key] as Record<string, unknown>,
    document as unknown as Record<string, unknown>,
  );
  parent[last] = value;
  return copy;
}
