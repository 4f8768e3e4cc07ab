import type { CompletionOutcome } from './completion.js';
import type { GatewayAccount } from './gateway.js';
import { readRecorded, sendAll, type Bench, type PlannedRequest } from './test-bench.js';
import type { PricedPrompt } from './trial.js';

/** What one run of a case has shown. Amounts are in the unit of the gateway. */
export interface Measurement {
  /** What there was to spend. */
  budget: number;
  /** What the gateway has recorded as spent. */
  recorded: number;
  /** What the completed requests cost, by the price of a single one. */
  delivered: number;
  /** What was spent beyond what there was; with several limits, beyond the one that is exceeded most. */
  beyond: number;
  completed: number;
  refused: number;
  left: number;
  /** Why the run shows nothing, or null. */
  inconclusive: string | null;
}

/** A case, and how to run it once. A text says why it cannot run. */
export interface OverspendCase {
  title: string;
  run(bench: Bench, prices: Prices): Promise<Measurement | string>;
}

export interface Prices {
  short: PricedPrompt;
  long: PricedPrompt;
}

const requestsAtOnce = 200;
const streams = { budgetFor: 2, count: 20 };
const leaving = { budgetFor: 30, count: 72, atOnce: 12 };
const caps = { key: 3, account: 5, requestsPerKey: 100 };
/** Budgets of other gateways are fractions, whose sums are not exact. */
const tolerance = 1e-9;

export const overspendCases: readonly OverspendCase[] = [
  {
    title: `a balance for one request, ${requestsAtOnce} at once`,
    run: (bench, prices) => flood(bench, prices, 1),
  },
  {
    title: `a balance for ${streams.budgetFor} long streams, ${streams.count} that overlap`,
    run: overlappingStreams,
  },
  { title: 'a cap on a key and one on its account, two keys at once', run: twoCaps },
  { title: `clients that leave at random, a balance for ${leaving.budgetFor}`, run: leavingClients },
  {
    title: `two servers, a balance for one request, ${requestsAtOnce} at once`,
    run: (bench, prices) =>
      bench.urls.length < 2
        ? Promise.resolve('give the --url of a second server of the same installation')
        : flood(bench, prices, bench.urls.length),
  },
];

async function flood(bench: Bench, { short }: Prices, servers: number): Promise<Measurement> {
  const account = await bench.gateway.openAccount(short.required);
  const outcomes = await sendAll(
    bench,
    account,
    Array.from({ length: requestsAtOnce }, (_, index) => ({ prompt: short.prompt, server: index % servers })),
  );
  return measure(bench, account, outcomes, short, short.required);
}

async function overlappingStreams(bench: Bench, { long }: Prices): Promise<Measurement> {
  const budget = long.required * streams.budgetFor;
  const account = await bench.gateway.openAccount(budget);
  const outcomes = await sendAll(
    bench,
    account,
    Array.from({ length: streams.count }, (_, index) => ({
      prompt: long.prompt,
      startsAfterMs: (index / streams.count) * (long.durationMs / 2),
    })),
  );
  const measurement = await measure(bench, account, outcomes, long, budget);
  return overlap(outcomes) > 1
    ? measurement
    : {
        ...measurement,
        inconclusive:
          measurement.inconclusive ??
          'No two streams overlapped: use a slower model, such as that of --serve-model.',
      };
}

/** Returns how many completed requests were in progress at the same time, at most. */
function overlap(outcomes: readonly CompletionOutcome[]): number {
  const spans = outcomes.flatMap((each) => (each.outcome === 'completed' ? [each] : []));
  return Math.max(
    0,
    ...spans.map(
      ({ startedAtMs }) =>
        spans.filter((other) => other.startedAtMs <= startedAtMs && startedAtMs < other.endedAtMs).length,
    ),
  );
}

async function twoCaps(bench: Bench, { short }: Prices): Promise<Measurement | string> {
  if (bench.gateway.openCappedAccount === undefined) return 'the adapter has no openCappedAccount';
  const limits = { key: caps.key * short.required, account: caps.account * short.required };
  const account = await bench.gateway.openCappedAccount(limits);
  if (account === null) return 'the gateway has no caps';
  const outcomes = await sendAll(
    bench,
    account,
    Array.from({ length: 2 * caps.requestsPerKey }, (_, index) => ({ prompt: short.prompt, key: index % 2 })),
  );
  const measurement = await measure(bench, account, outcomes, short, limits.account);
  const withCappedKey = outcomes.filter(
    ({ outcome }, index) => outcome === 'completed' && index % 2 === 0,
  ).length;
  return {
    ...measurement,
    beyond: Math.max(measurement.beyond, beyondOf(withCappedKey * short.price, limits.key)),
  };
}

async function leavingClients(bench: Bench, { long }: Prices): Promise<Measurement> {
  const budget = long.required * leaving.budgetFor;
  const account = await bench.gateway.openAccount(budget);
  const outcomes: CompletionOutcome[] = [];
  for (let sent = 0; sent < leaving.count; sent += leaving.atOnce) {
    const requests: PlannedRequest[] = Array.from({ length: leaving.atOnce }, () => ({
      prompt: long.prompt,
      leavesAfterMs: bench.random(Math.ceil(long.durationMs * 1.2)),
    }));
    outcomes.push(...(await sendAll(bench, account, requests)));
  }
  return measure(bench, account, outcomes, long, budget);
}

async function measure(
  bench: Bench,
  account: GatewayAccount,
  outcomes: readonly CompletionOutcome[],
  { price }: PricedPrompt,
  budget: number,
): Promise<Measurement> {
  const recorded = await readRecorded(bench, account);
  const count = (wanted: CompletionOutcome['outcome']) =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  const [completed, refused, left] = [count('completed'), count('refused'), count('left')];
  const delivered = completed * price;
  const reasons = outcomes.flatMap((each) => (each.outcome === 'failed' ? [each.reason] : []));
  return {
    budget,
    recorded,
    delivered,
    beyond: beyondOf(Math.max(recorded, delivered), budget),
    completed,
    refused,
    left,
    inconclusive:
      reasons[0] !== undefined
        ? `${reasons.length} of ${outcomes.length} requests failed, the first with: ${reasons[0]}`
        : completed + left === 0
          ? 'Every request was refused.'
          : null,
  };
}

function beyondOf(spent: number, budget: number): number {
  return spent > budget * (1 + tolerance) ? spent - budget : 0;
}
