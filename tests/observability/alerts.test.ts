import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  addConnectionMetrics,
  addHashQueueMetrics,
  addProcessMetrics,
  createMetrics,
} from '../../src/observability/metrics.js';

const alerts = readFileSync('deploy/prometheus/alerts.yaml', 'utf8');
const guide = readFileSync('docs/operating.md', 'utf8');

function metricNames(): string[] {
  const metrics = createMetrics();
  addProcessMetrics(metrics);
  addConnectionMetrics(metrics, () => ({}));
  addHashQueueMetrics(metrics, () => 0);
  return metrics.registry.getMetricsAsArray().map(({ name }) => name);
}

function namesIn(text: string): string[] {
  const names = [...text.matchAll(/\b(?:metered_chat|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name);
  return [...new Set(names.map((name) => name.replace(/_(bucket|sum|count)$/, '')))];
}

test('alerts use only metrics that exist', () => {
  expect(namesIn(alerts).length).toBeGreaterThan(10);
  expect(namesIn(alerts).filter((name) => !metricNames().includes(name))).toEqual([]);
});

test('the guide lists every metric of the server, and no other', () => {
  const listed = namesIn(guide).filter((name) => /^metered_chat_\w*[a-z]$/.test(name));
  const ours = metricNames().filter((name) => name.startsWith('metered_chat_'));
  expect(listed.sort()).toEqual(ours.sort());
});
