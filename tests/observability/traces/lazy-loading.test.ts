import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What is loaded with a file, whether it is needed or not. */
const loadedImport = /^import (?!type )[^;]*? from '([^']+)';/gm;

/** `file ← what it loads`, for every source. */
function loaded(): string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [...readFileSync(join('src', name), 'utf8').matchAll(loadedImport)].map(
        ([, from]) => `${name} ← ${from}`,
      ),
    );
}

test('nothing of OpenTelemetry is loaded before there is somebody to send traces to', () => {
  const outside = loaded().filter((line) => !line.startsWith('observability/traces/'));
  expect(outside.length).toBeGreaterThan(500);
  expect(outside.filter((line) => /← (@opentelemetry\/|.*\/traces\/)/.test(line))).toEqual([]);
  expect(
    loaded().some((line) => line.startsWith('observability/traces/otlp-traces.ts ← @opentelemetry/')),
  ).toBe(true);
});

test('prom-client is loaded by the adapter for metrics, and that by nothing but the composition', () => {
  const outside = loaded().filter((line) => !line.startsWith('observability/metrics/'));
  expect(outside.filter((line) => line.endsWith('← prom-client'))).toEqual([]);
  const users = outside.filter((line) => line.includes('/metrics/')).map((line) => line.split(' ')[0]);
  expect([...new Set(users)].sort()).toEqual(['observability/observe.ts', 'server/serve.ts']);
});
