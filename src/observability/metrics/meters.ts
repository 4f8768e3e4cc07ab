import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is measured while requests are served, in the terms of Prometheus. */
export type Meters = ReturnType<typeof createMeters>;

/** Bounds of seconds: from what the database takes for a statement to what a model may take for a reply. */
const requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const statementSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30];
const providerSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** Everything at zero, in a registry of its own. Credits are tokens here, as everywhere outside. */
export function createMeters() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `metered_chat_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: number[],
  ) => new Histogram({ name: `metered_chat_${name}`, help, labelNames, buckets, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name: `metered_chat_${name}`, help, labelNames, registers });

  return {
    registry,
    requests: counter('http_requests_total', 'Requests answered.', ['route', 'method', 'status']),
    requestSeconds: histogram(
      'http_request_duration_seconds',
      'Time until an answer began, of a stream until its first words.',
      ['route', 'method'],
      requestSeconds,
    ),
    chats: counter('chats_total', 'Chats by how they ended, and why.', ['model', 'outcome', 'code']),
    charged: counter('tokens_charged_total', 'Tokens charged, by the model that answered.', ['model']),
    granted: counter('tokens_granted_total', 'Tokens that accounts were given.', ['kind']),
    withdrawn: counter('tokens_withdrawn_total', 'Tokens taken from accounts by hand.'),
    holdsOpened: counter('holds_opened_total', 'Holds opened here.'),
    holdsEnded: counter('holds_ended_total', 'Holds ended here, by how.', ['how']),
    holdsOpen: gauge('holds_open', 'Open holds in the whole ledger, at the last look.'),
    holdsOverdue: gauge('holds_overdue', 'Open holds past their deadline, at the last look.'),
    holdsLookedAt: gauge('holds_last_look_timestamp_seconds', 'When the open holds were last looked at.'),
    firstChunkSeconds: histogram(
      'provider_first_piece_seconds',
      'Time until the first piece of a reply came, by how the reply then ended.',
      ['model', 'outcome'],
      providerSeconds,
    ),
    replySeconds: histogram(
      'provider_reply_seconds',
      'Time until a reply ended, by how.',
      ['model', 'outcome'],
      providerSeconds,
    ),
    statementSeconds: histogram(
      'database_statement_seconds',
      'Time until a statement was answered.',
      ['statement'],
      statementSeconds,
    ),
    statementFailures: counter('database_failures_total', 'Statements that failed.', ['statement']),
    hashesRefused: counter('password_hash_refused_total', 'Passwords not hashed, for too many waited.'),
    invariantBreaks: gauge('ledger_invariant_broken_rows', 'Rows that broke it, at the last look.', [
      'invariant',
    ]),
    ledgerLookedAt: gauge('ledger_last_look_timestamp_seconds', 'When the ledger was last checked whole.'),
    ledgerLookSeconds: gauge('ledger_last_look_seconds', 'How long that took.'),
    ledgerLookFailures: counter('ledger_look_failures_total', 'Looks at the ledger that failed.'),
  };
}

/** What Node and the process say of themselves, the lag of the event loop among it. */
export function measureProcess({ registry }: Meters): void {
  collectDefaultMetrics({ register: registry });
  // Gauges that are named as if they were counters; those of each type say the same.
  for (const kind of ['handles', 'requests', 'resources'])
    registry.removeSingleMetric(`nodejs_active_${kind}_total`);
}

/** Measures what can be asked for at any time, when it is read. */
export function measureWhenRead(
  { registry }: Meters,
  name: string,
  help: string,
  labelNames: readonly 'state'[],
  read: () => Record<string, number> | number,
): void {
  new Gauge({
    name: `metered_chat_${name}`,
    help,
    labelNames,
    registers: [registry],
    collect() {
      const values = read();
      if (typeof values === 'number') this.set(values);
      else for (const [state, value] of Object.entries(values)) this.set({ state }, value);
    },
  });
}

/** Everything that was measured, as text. */
export async function readMeters({ registry }: Meters): Promise<{ mediaType: string; text: string }> {
  return { mediaType: registry.contentType, text: await registry.metrics() };
}
