import ts from 'typescript';
import { fileURLToPath } from 'node:url';

/** The module with the type of each kind. */
const modules: Record<string, string> = {
  'v1/Namespace': 'kubernetes-models/v1/Namespace',
  'v1/Service': 'kubernetes-models/v1/Service',
  'apps/v1/Deployment': 'kubernetes-models/apps/v1/Deployment',
  'batch/v1/Job': 'kubernetes-models/batch/v1/Job',
  'policy/v1/PodDisruptionBudget': 'kubernetes-models/policy/v1/PodDisruptionBudget',
  'networking.k8s.io/v1/Ingress': 'kubernetes-models/networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/NetworkPolicy': 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy',
};

export interface Manifest {
  apiVersion: string;
  kind: string;
}

/**
 * Returns what Kubernetes would reject or silently ignore in manifests: unknown and missing fields, and wrong types. Uses the
 * TypeScript compiler, because only the types, not the validators of the package, reject unknown fields.
 */
export function kubernetesErrors(manifests: readonly Manifest[]): string[] {
  const sourceName = fileURLToPath(new URL('manifests-as-source.ts', import.meta.url));
  const source = manifests.map(asSource).join('\n');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ['lib.es2023.d.ts'],
  };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([sourceName], options, {
    ...host,
    fileExists: (name) => name === sourceName || host.fileExists(name),
    getSourceFile: (name, ...how) =>
      name === sourceName ? ts.createSourceFile(name, source, how[0]) : host.getSourceFile(name, ...how),
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

function asSource(manifest: Manifest, index: number): string {
  const { apiVersion, kind } = manifest;
  const from = modules[`${apiVersion}/${kind}`];
  if (from === undefined) return `const unknown${index}: never = ${JSON.stringify(`${apiVersion}/${kind}`)};`;
  return `import type { I${kind} as Kind${index} } from '${from}';
const manifest${index}: Kind${index} = ${JSON.stringify(manifest)};`;
}
