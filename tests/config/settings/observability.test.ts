import { expect, test } from 'vitest';
import { problems, valid } from '../read.js';

test('METRICS_TOKEN is printable without spaces, and is not repeated', () => {
  expect(valid({ METRICS_TOKEN: 'a-long-secret' }).METRICS_TOKEN).toBe('a-long-secret');
  for (const text of ['two words', 'sécret', 'x'.repeat(1001)]) {
    const found = problems({ METRICS_TOKEN: text });
    expect(found).toEqual([expect.stringMatching(/^METRICS_TOKEN must be printable/)]);
    expect(found.join()).not.toContain(text);
  }
});

test('LEDGER_CHECK_INTERVAL is off or a duration', () => {
  expect(valid({ LEDGER_CHECK_INTERVAL: '1h' }).LEDGER_CHECK_INTERVAL).toBe(3_600_000);
  expect(valid({ LEDGER_CHECK_INTERVAL: 'off' }).LEDGER_CHECK_INTERVAL).toBeNull();
  for (const text of ['0s', 'never', '25d']) {
    expect(problems({ LEDGER_CHECK_INTERVAL: text }), text).toEqual([
      expect.stringMatching(/^LEDGER_CHECK_INTERVAL must be off or a duration/),
    ]);
  }
});

test('the collector of traces is a URL, with headers and a share of requests', () => {
  expect(
    valid({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=a%20key, tenant=one=1',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    }),
  ).toMatchObject({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318',
    OTEL_EXPORTER_OTLP_HEADERS: { 'x-api-key': 'a key', tenant: 'one=1' },
    OTEL_TRACES_SAMPLER_ARG: 0.25,
  });
  for (const [name, text] of [
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://me:hunter2@localhost:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'no-value'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%0Ab'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a b=c'],
    ['OTEL_TRACES_SAMPLER_ARG', '1.1'],
    ['OTEL_TRACES_SAMPLER_ARG', '-0.1'],
    ['OTEL_TRACES_SAMPLER_ARG', 'all'],
  ] as const) {
    const found = problems({ [name]: text });
    expect(found, text).toEqual([expect.stringMatching(`^${name} must be`)]);
    expect(found.join()).not.toContain('hunter2');
  }
});
