import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Every metric of the server, as it changes while requests are served. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Upper bounds of the buckets, in seconds. */
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const statementBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30];
const providerBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Creates every metric, at zero, in a registry of its own. Credits are called tokens here, as in the HTTP API. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `metered_chat_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name: `metered_chat_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[],
  ) => new Histogram({ name: `metered_chat_${name}`, help, labelNames, buckets, registers });

  return {
    registry,
    requests: counter('http_requests_total', 'Responses sent.', ['route', 'method', 'status']),
    requestSeconds: histogram(
      'http_request_duration_seconds',
      'Time until the response began; for a stream, until its first data.',
      ['route', 'method'],
      requestBuckets,
    ),
    chats: counter('chats_total', 'Chats by outcome and error code.', ['model', 'outcome', 'code']),
    charged: counter('tokens_charged_total', 'Tokens charged, by the model that replied.', ['model']),
    metered: counter('tokens_metered_total', 'Tokens charged for other actions than chats.'),
    uncollected: counter(
      'tokens_uncollected_total',
      'Tokens that were used but not charged, because neither the hold nor the balance covered them.',
    ),
    granted: counter('tokens_granted_total', 'Tokens granted to accounts.', ['kind']),
    expired: counter('tokens_expired_total', 'Tokens that were not spent before their lot expired.'),
    withdrawn: counter('tokens_withdrawn_total', 'Tokens that administrators withdrew from accounts.'),
    holdsOpened: counter('holds_opened_total', 'Holds that this server opened.'),
    holdsEnded: counter('holds_ended_total', 'Holds that this server ended, by outcome.', ['how']),
    holdsOpen: gauge('holds_open', 'Open holds in the whole ledger, at the last check.'),
    holdsOverdue: gauge('holds_overdue', 'Open holds past their deadline, at the last check.'),
    holdsCheckedAt: gauge('holds_last_look_timestamp_seconds', 'Time of the last check of the open holds.'),
    webhookDeliveries: gauge(
      'webhook_deliveries',
      'Events that are not dispatched yet, and deliveries that are queued or have failed, at the last count.',
      ['state'],
    ),
    firstChunkSeconds: histogram(
      'provider_first_piece_seconds',
      'Time until the first chunk of a reply, by the outcome of the reply.',
      ['model', 'outcome'],
      providerBuckets,
    ),
    replySeconds: histogram(
      'provider_reply_seconds',
      'Time until the end of a reply, by outcome.',
      ['model', 'outcome'],
      providerBuckets,
    ),
    statementSeconds: histogram(
      'database_statement_seconds',
      'Time that a statement took.',
      ['statement'],
      statementBuckets,
    ),
    statementFailures: counter('database_failures_total', 'Statements that failed.', ['statement']),
    hashesRejected: counter(
      'password_hash_refused_total',
      'Passwords that were rejected because too many were waiting to be hashed.',
    ),
    invariantBreaks: gauge(
      'ledger_invariant_broken_rows',
      'Rows that violated the invariant, at the last check.',
      ['invariant'],
    ),
    ledgerCheckedAt: gauge('ledger_last_look_timestamp_seconds', 'Time of the last check of the ledger.'),
    ledgerCheckSeconds: gauge('ledger_last_look_seconds', 'Duration of the last check of the ledger.'),
    ledgerCheckFailures: counter('ledger_look_failures_total', 'Checks of the ledger that failed.'),
  };
}

/** Adds the metrics of Node and the process. */
export function addProcessMetrics({ registry }: Metrics): void {
  collectDefaultMetrics({ register: registry });
  // Gauges with the name of a counter; the gauges of each type report the same.
  for (const kind of ['handles', 'requests', 'resources'])
    registry.removeSingleMetric(`nodejs_active_${kind}_total`);
}

/** Adds the connections to the database, which `read` returns by state. */
export function addConnectionMetrics({ registry }: Metrics, read: () => Record<string, number>): void {
  new Gauge({
    name: 'metered_chat_database_connections',
    help: 'Connections to the database by state, and statements that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(read())) this.set({ state }, count);
    },
  });
}

/** Adds the length of the queue of passwords, which `read` returns. */
export function addHashQueueMetrics({ registry }: Metrics, read: () => number): void {
  new Gauge({
    name: 'metered_chat_password_hash_waiting',
    help: 'Passwords that wait to be hashed.',
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}

/** Returns every metric in the text format of Prometheus. */
export async function readMetrics({ registry }: Metrics): Promise<{ mediaType: string; text: string }> {
  return { mediaType: registry.contentType, text: await registry.metrics() };
}
