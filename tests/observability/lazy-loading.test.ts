import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Static imports, which are loaded with a file whether they are used or not. */
const loadedImport = /^import (?!type )[^;]*? from '([^']+)';/gm;

/** `file ← import`, for every source file. */
function loaded(): string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [...readFileSync(join('src', name), 'utf8').matchAll(loadedImport)].map(
        ([, from]) => `${name} ← ${from}`,
      ),
    );
}

test('OpenTelemetry is not loaded unless traces are enabled', () => {
  const outside = loaded().filter((line) => !/^observability\/(traces|trace-decorators)\.ts /.test(line));
  expect(outside.length).toBeGreaterThan(500);
  expect(
    outside.filter((line) => /← (@opentelemetry\/|.*\/(traces|trace-decorators)\.js)/.test(line)),
  ).toEqual([]);
  expect(loaded().some((line) => line.startsWith('observability/traces.ts ← @opentelemetry/'))).toBe(true);
});

test('prom-client is loaded only by the metrics, those only by the instrumentation, and by servers with workers', () => {
  const outside = loaded().filter((line) => !line.startsWith('observability/metrics.ts '));
  expect(outside.filter((line) => line.endsWith('← prom-client'))).toEqual([
    'server/worker-metrics.ts ← prom-client',
  ]);
  expect(outside.filter((line) => /← .*\/(workers?|worker-metrics)\.js$/.test(line))).toEqual([
    'server/workers.ts ← ./worker-metrics.js',
  ]);
  const users = outside
    .filter(
      (line) => /\/(metrics|metric-decorators|monitor-ledger)\.js$/.test(line) && !line.includes('http/'),
    )
    .map((line) => line.split(' ')[0]);
  expect([...new Set(users)].sort()).toEqual(['observability/instrumentation.ts', 'server/periodic-work.ts']);
});

test('the package stripe is not loaded unless payments are made by Stripe', () => {
  expect(loaded().filter((line) => line.endsWith('← stripe'))).toEqual([]);
  expect(readFileSync('src/adapters/payments/stripe-client.ts', 'utf8')).toContain("await import('stripe')");
});
