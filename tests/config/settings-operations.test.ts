import { expect, test } from 'vitest';
import { readSettings, type Settings } from '../../src/config/settings.js';

function read(environment: Record<string, string>): { settings: Settings | null; faults: string[] } {
  const read = readSettings(environment);
  return read.outcome === 'valid'
    ? { settings: read.settings, faults: [] }
    : { settings: null, faults: read.faults };
}

test('without a word nothing is traced, metrics are for this machine, and a stop drains at once', () => {
  expect(read({}).settings).toMatchObject({
    METRICS_TOKEN: null,
    LEDGER_CHECK_INTERVAL: 15 * 60_000,
    OTEL_EXPORTER_OTLP_ENDPOINT: null,
    OTEL_EXPORTER_OTLP_HEADERS: null,
    OTEL_SERVICE_NAME: 'metered-chat',
    OTEL_TRACES_SAMPLER_ARG: 1,
    DRAIN_DELAY: 0,
  });
});

test('a bearer of the metrics is printable and has no spaces, and is not repeated', () => {
  expect(read({ METRICS_TOKEN: 'a-long-secret' }).settings?.METRICS_TOKEN).toBe('a-long-secret');
  for (const text of ['two words', 'geheimnis-ä', 'x'.repeat(1001)]) {
    const { faults } = read({ METRICS_TOKEN: text });
    expect(faults).toEqual([expect.stringMatching(/^METRICS_TOKEN must be printable/)]);
    expect(faults.join()).not.toContain(text);
  }
});

test('a stop may drain for no time or for some', () => {
  expect(read({ DRAIN_DELAY: '0s' }).settings?.DRAIN_DELAY).toBe(0);
  expect(read({ DRAIN_DELAY: '15s' }).settings?.DRAIN_DELAY).toBe(15_000);
  for (const text of ['0', '-1s', '25d', 'off']) {
    expect(read({ DRAIN_DELAY: text }).faults, text).toEqual([
      expect.stringMatching(/^DRAIN_DELAY must be a duration/),
    ]);
  }
});

test('the ledger is checked now and then, or never', () => {
  expect(read({ LEDGER_CHECK_INTERVAL: '1h' }).settings?.LEDGER_CHECK_INTERVAL).toBe(3_600_000);
  expect(read({ LEDGER_CHECK_INTERVAL: 'off' }).settings?.LEDGER_CHECK_INTERVAL).toBeNull();
  for (const text of ['0s', 'never', '25d']) {
    expect(read({ LEDGER_CHECK_INTERVAL: text }).faults, text).toEqual([
      expect.stringMatching(/^LEDGER_CHECK_INTERVAL must be .*duration/),
    ]);
  }
});

test('a collector of traces is a URL, with headers and a share', () => {
  expect(
    read({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=a%20key, tenant=one=1',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    }).settings,
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
    const { faults } = read({ [name]: text });
    expect(faults, text).toEqual([expect.stringMatching(`^${name} must be`)]);
    expect(faults.join()).not.toContain('hunter2');
  }
});
