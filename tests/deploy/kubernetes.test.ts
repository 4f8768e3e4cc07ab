import { readdir, readFile } from 'node:fs/promises';
import type { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import type { Job } from 'kubernetes-models/batch/v1/Job';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeSettings, readSettings } from '../../src/config/read-settings.js';
import { kubernetesErrors, type Manifest } from './kubernetes-errors.js';

const folder = new URL('../../deploy/kubernetes/', import.meta.url);
const read = async (name: string): Promise<unknown> => parse(await readFile(new URL(name, folder), 'utf8'));

interface Kustomization {
  resources: string[];
  images: { name: string; newTag: string }[];
  configMapGenerator: { name: string; envs: string[] }[];
}
const kustomization = (await read('kustomization.yaml')) as Kustomization;
const manifests = (await Promise.all(kustomization.resources.map(read))) as Manifest[];
const deployment = manifests.find(({ kind }) => kind === 'Deployment') as Deployment;
const job = manifests.find(({ kind }) => kind === 'Job') as Job;
const manifestOf = (kind: string) => manifests.find((manifest) => manifest.kind === kind);

function podOf(owner: Deployment | Job): IPodSpec {
  const pod = owner.spec?.template.spec;
  if (pod === undefined) throw new Error('There is no pod.');
  return pod;
}

const pods = [deployment, job].map((owner) => ({ kind: owner.kind, pod: podOf(owner) }));
const server = podOf(deployment).containers[0];
const given = parseEnv(await readFile(new URL('settings.env', folder), 'utf8')) as Record<string, string>;
/** Placeholders for the secrets. */
const secrets = {
  DATABASE_URL: 'postgresql://postgres.example.com/metered_chat',
  SMTP_URL: 'smtps://mail.example.com',
};

function validSettings() {
  const settings = readSettings({ ...given, ...secrets, HOST: '0.0.0.0' });
  if (settings.outcome === 'invalid') throw new Error(settings.problems.join('\n'));
  return settings.settings;
}

test('every manifest is used and valid', async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
  expect(['kustomization.yaml', ...kustomization.resources].sort()).toEqual(files.sort());
  expect(kubernetesErrors(manifests)).toEqual([]);
});

test('unknown fields, wrong types and unknown kinds would be found', () => {
  const budget = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };
  const errors = kubernetesErrors([
    { ...budget, spec: { maxUnavailable: 1 } },
    { ...budget, spec: { maxUnavailabel: 1 } },
    { ...budget, spec: { maxUnavailable: { most: 1 } } },
    { ...budget, kind: 'Deplyoment' },
  ] as Manifest[]);
  expect(errors).toHaveLength(3);
  expect(errors.join('\n')).toMatch(/maxUnavailabel.*\n[^]*most[^]*Deplyoment/);
});

test('every pod uses the image of this version', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', folder), 'utf8')) as {
    version: string;
  };
  expect(kustomization.images).toEqual([{ name: 'metered-chat', newTag: version }]);
  for (const { pod } of pods) expect(pod.containers.map(({ image }) => image)).toEqual(['metered-chat']);
});

describe('the settings', () => {
  test('are valid, and reach the servers', () => {
    expect(validSettings().SMTP_URL).not.toBeNull();
    const [generated] = kustomization.configMapGenerator;
    expect(generated?.envs).toEqual(['settings.env']);
    expect(server?.envFrom).toEqual([{ configMapRef: { name: generated?.name } }]);
  });

  test('have known names, and secrets are only references', () => {
    const known = [...describeSettings().matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    const variables = pods.flatMap(({ pod }) => pod.containers.flatMap(({ env }) => env ?? []));
    expect(known).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(known).toEqual(expect.arrayContaining(variables.map(({ name }) => name)));
    for (const { name, value, valueFrom } of variables) {
      expect(value).toBeUndefined();
      expect(valueFrom?.secretKeyRef).toMatchObject({ name: 'metered-chat', key: name });
    }
    expect(manifests.map(({ kind }) => kind)).not.toContain('Secret');
    expect(Object.keys(given)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/KEY|SECRET|PASSWORD|_TOKEN$|DATABASE_URL|SMTP_URL/)]),
    );
  });

  test('leave a server enough time to stop before it is killed', () => {
    const { DRAIN_DELAY, SHUTDOWN_TIMEOUT } = validSettings();
    const graceMs = Number(podOf(deployment).terminationGracePeriodSeconds) * 1000;
    expect(DRAIN_DELAY).toBeGreaterThanOrEqual(5000);
    expect(graceMs).toBeGreaterThan(DRAIN_DELAY + SHUTDOWN_TIMEOUT);
  });

  test('name the host of the ingress', () => {
    const ingress = manifestOf('Ingress') as unknown as {
      spec: { rules: { host: string }[]; tls: { hosts: string[] }[] };
    };
    const { host } = new URL(given['PUBLIC_URL'] ?? '');
    expect(ingress.spec.rules.map((rule) => rule.host)).toEqual([host]);
    expect(ingress.spec.tls.flatMap(({ hosts }) => hosts)).toEqual([host]);
  });

  test('let a stream be silent for as long as a model may be', () => {
    const { metadata } = manifestOf('Ingress') as unknown as {
      metadata: { annotations: Record<string, string> };
    };
    const proxySeconds = Number(metadata.annotations['nginx.ingress.kubernetes.io/proxy-read-timeout']);
    expect(proxySeconds * 1000).toBeGreaterThan(validSettings().AI_TOTAL_TIMEOUT);
  });

  test('let bodies slightly above MAX_BODY pass, so that the server rejects them itself', () => {
    const { metadata } = manifestOf('Ingress') as unknown as {
      metadata: { annotations: Record<string, string> };
    };
    const [, mebibytes] =
      /^(\d+)m$/.exec(metadata.annotations['nginx.ingress.kubernetes.io/proxy-body-size'] ?? '') ?? [];
    expect(Number(mebibytes) * 1024 * 1024).toBeGreaterThan(validSettings().MAX_BODY);
  });
});

test('probes use the port of the server and the health paths', () => {
  expect(server?.ports).toEqual([{ name: 'http', containerPort: validSettings().PORT }]);
  const paths = [server?.startupProbe, server?.livenessProbe, server?.readinessProbe].map(
    (probe) => probe?.httpGet,
  );
  expect(paths).toEqual([
    { path: '/health/live', port: 'http' },
    { path: '/health/live', port: 'http' },
    { path: '/health/ready', port: 'http' },
  ]);
  // The server itself waits up to 2 s for its database.
  expect(server?.readinessProbe?.timeoutSeconds).toBeGreaterThan(2);
});

test('a rollout keeps every server until its replacement is ready, and evicts one at a time', () => {
  expect(deployment.spec?.replicas).toBeGreaterThanOrEqual(3);
  expect(deployment.spec?.strategy?.rollingUpdate).toEqual({ maxUnavailable: 0, maxSurge: 1 });
  expect(manifestOf('PodDisruptionBudget')).toMatchObject({ spec: { maxUnavailable: 1 } });
});

test.each(['PodDisruptionBudget', 'Service'])('the %s selects the servers and no other pods', (kind) => {
  const labels = deployment.spec?.template.metadata?.labels;
  const { spec } = manifestOf(kind) as unknown as {
    spec: { selector: Record<string, unknown> & { matchLabels?: object } };
  };
  expect(spec.selector.matchLabels ?? spec.selector).toEqual(labels);
  expect(deployment.spec?.selector.matchLabels).toEqual(labels);
  expect(job.spec?.template.metadata?.labels).not.toEqual(labels);
});

test.each(pods)('the pod of the $kind has the least privileges', ({ pod }) => {
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  });
  for (const { securityContext, resources } of pod.containers) {
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(resources?.limits).toHaveProperty('memory');
    expect(resources?.requests).toHaveProperty('cpu');
  }
});

test('the migration is a command of the program', () => {
  expect(podOf(job).containers[0]?.args).toEqual(['node', 'dist/main.js', 'migrate']);
});
