import * as v from 'valibot';
import { optionalSetting, secretSetting, setting } from '../setting.js';
import { commaSeparated, oneOf } from '../values/choices.js';
import { timeoutOr } from '../values/durations.js';
import { apiKey, baseUrl } from '../values/provider.js';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const share = v.pipe(
  v.string(),
  v.regex(/^(0|1|0?\.\d{1,9}|1\.0+)$/, 'must be a share from 0 to 1, such as 0.1'),
  v.transform(Number),
);

const collectorHeaders = v.pipe(
  commaSeparated(isCollectorHeader, 'must be headers such as name=value, separated by commas'),
  v.transform((headers) =>
    Object.fromEntries(
      headers.map((header) => {
        const [name = '', ...value] = header.split('=');
        return [name, decodeURIComponent(value.join('='))];
      }),
    ),
  ),
);

/** Values are percent-encoded, as OpenTelemetry specifies. */
function isCollectorHeader(text: string): boolean {
  if (!/^[A-Za-z0-9!#$&'*.^_`|~+-]+=[\x21-\x7E]+$/.test(text)) return false;
  try {
    return /^[\x20-\x7E]*$/.test(decodeURIComponent(text.slice(text.indexOf('=') + 1)));
  } catch {
    return false;
  }
}

export const observabilitySettings = {
  LOG_LEVEL: setting(oneOf(logLevels), {
    default: 'info',
    help: `The least severe level that is logged: ${logLevels.join(', ')}.`,
  }),
  METRICS_TOKEN: secretSetting(apiKey, {
    help: 'The bearer token that other machines must send to read /metrics; without it, only this machine may read them.',
  }),
  LEDGER_CHECK_INTERVAL: setting(timeoutOr('off', null), {
    default: '15m',
    help: 'The shortest interval between checks of the whole ledger, for /metrics and the log; off disables them.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalSetting(baseUrl, {
    help: 'A collector that accepts traces by OTLP over HTTP, such as http://localhost:4318; without it, nothing is traced.',
  }),
  OTEL_EXPORTER_OTLP_HEADERS: secretSetting(collectorHeaders, {
    help: 'Headers for the collector, as name=value, separated by commas.',
  }),
  OTEL_SERVICE_NAME: setting(v.string(), {
    default: 'metered-chat',
    help: 'The name of this server in traces.',
  }),
  OTEL_TRACES_SAMPLER_ARG: setting(share, {
    default: '1',
    help: 'The share of requests that are traced, from 0 to 1, if their callers do not decide.',
  }),
};
