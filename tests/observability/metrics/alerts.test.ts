import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createMeters, measureProcess } from '../../../src/observability/metrics/meters.js';

const alerts = readFileSync('deploy/prometheus/alerts.yaml', 'utf8');
const guide = readFileSync('docs/operating.md', 'utf8');

/** What is measured only once there is something to measure. */
const composed = ['metered_chat_database_connections', 'metered_chat_password_hash_waiting'] as const;

function measured(): string[] {
  const meters = createMeters();
  measureProcess(meters);
  const names = meters.registry.getMetricsAsArray().map(({ name }) => name);
  meters.registry.clear();
  return [...names, ...composed];
}

function namesIn(text: string): string[] {
  const names = [...text.matchAll(/\b(?:metered_chat|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name);
  return [...new Set(names.map((name) => name.replace(/_(bucket|sum|count)$/, '')))];
}

test('alerts ring for nothing but what is measured', () => {
  expect(namesIn(alerts).length).toBeGreaterThan(10);
  expect(namesIn(alerts).filter((name) => !measured().includes(name))).toEqual([]);
});

test('the guide tells every metric of ours, and none that there is not', () => {
  const told = namesIn(guide).filter((name) => /^metered_chat_\w*[a-z]$/.test(name));
  const ours = measured().filter((name) => name.startsWith('metered_chat_'));
  expect(told.sort()).toEqual(ours.sort());
});

test('what the composition measures when it is read is named as the alerts and the guide have it', () => {
  const composition = readFileSync('src/observability/observe.ts', 'utf8');
  for (const name of composed) expect(composition).toContain(`'${name.replace('metered_chat_', '')}'`);
});
