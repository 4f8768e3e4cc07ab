import type { OnResponse } from '../adapters/http/kit/request-hooks.js';
import type { Core } from '../domain/core.js';
import { isDomainError } from '../domain/errors.js';
import type { AiModel, ReplyChunk } from '../ports/ai-model.js';
import type { HoldLedger } from '../ports/hold-ledger.js';
import type { Stores } from '../ports/stores.js';
import type { NewUser } from '../ports/user-store.js';
import type { Metrics } from './metrics.js';

/** Errors of chats that had reserved credits: the ledger's metrics count those. */
const countedByLedger = new Set(['provider_failed', 'provider_timeout', 'unavailable']);

/** Counts the chats that reserve no credits: the rejected ones by error code, and the replayed ones. */
export function withCoreMetrics(core: Core, { chats }: Pick<Metrics, 'chats'>): Core {
  /** Unknown models share one label, so that labels stay few. */
  const labelOf = (requested: string | null | undefined) => {
    const names = core.chat.models().map(({ name }) => name);
    const name = requested ?? names[0];
    return name !== undefined && names.includes(name) ? name : 'unknown';
  };
  const countError = (error: unknown, model: string) => {
    if (isDomainError(error) && !countedByLedger.has(error.code))
      chats.inc({ model, outcome: 'refused', code: error.code });
  };
  const countReplay = (model: string) => {
    chats.inc({ model, outcome: 'replayed', code: 'none' });
  };

  return {
    ...core,
    limits: {
      ...core.limits,
      async chat(userId) {
        try {
          return await core.limits.chat(userId);
        } catch (error) {
          countError(error, 'unknown');
          throw error;
        }
      },
    },
    chat: {
      ...core.chat,
      async send(input) {
        try {
          const sent = await core.chat.send(input);
          if (sent.replayed) countReplay(labelOf(input.model));
          return sent;
        } catch (error) {
          countError(error, labelOf(input.model));
          throw error;
        }
      },
      async *stream(input) {
        let hasStarted = false;
        try {
          for await (const chunk of core.chat.stream(input)) {
            if (chunk.type === 'started' && chunk.replayed) countReplay(labelOf(input.model));
            hasStarted = true;
            yield chunk;
          }
        } catch (error) {
          if (!hasStarted) countError(error, labelOf(input.model));
          throw error;
        }
      },
    },
  };
}

/** Counts holds, chats by how they ended, and the tokens charged for chats and for other actions. */
function withHoldLedgerMetrics(
  ledger: HoldLedger,
  metrics: Pick<Metrics, 'chats' | 'charged' | 'metered' | 'uncollected' | 'holdsOpened' | 'holdsEnded'>,
): HoldLedger {
  /** The models of the chats in progress in this process. */
  const models = new Map<string, string>();
  const modelOf = (exchangeId: string) => {
    const model = models.get(exchangeId) ?? null;
    models.delete(exchangeId);
    return model;
  };

  return {
    ...ledger,
    async reserve(request) {
      const reserved = await ledger.reserve(request);
      if (reserved.outcome === 'reserved') {
        metrics.holdsOpened.inc();
        if (request.chat !== null) models.set(request.exchangeId, request.chat.model);
      }
      return reserved;
    },
    async settle(settlement) {
      const { chat } = settlement;
      const model = modelOf(settlement.exchange.exchangeId) ?? 'unknown';
      const settled = await ledger.settle(settlement);
      if (settled.outcome === 'settled') {
        metrics.holdsEnded.inc({ how: 'captured' });
        metrics.uncollected.inc(settled.uncollected);
        if (chat === null) metrics.metered.inc(settled.captured);
        else metrics.charged.inc({ model: chat.repliedBy }, settled.captured);
      }
      if (chat === null) return settled;
      const ended =
        settled.outcome === 'settled'
          ? { outcome: chat.status, code: 'none' }
          : { outcome: 'failed', code: 'hold_ended' };
      metrics.chats.inc({ model, ...ended });
      return settled;
    },
    async spend(request) {
      const spent = await ledger.spend(request);
      if (spent.outcome === 'spent') metrics.metered.inc(request.amount);
      return spent;
    },
    async release(release) {
      const model = modelOf(release.exchange.exchangeId);
      const released = await ledger.release(release);
      if (released.outcome === 'released') metrics.holdsEnded.inc({ how: 'released' });
      if (model !== null)
        metrics.chats.inc({ model, outcome: release.status, code: release.failure ?? 'none' });
      return released;
    },
    async expireHolds(options) {
      const expired = await ledger.expireHolds(options);
      metrics.holdsEnded.inc({ how: 'expired' }, expired);
      return expired;
    },
  };
}

/** Counts the tokens granted and withdrawn, and what chats do to the ledger. */
export function withStoreMetrics(stores: Stores, metrics: Metrics): Stores {
  const { userStore, firstAdminStore, creditLedger, voucherStore } = stores;
  const countOpening = <Created extends { outcome: string }>(created: Created, user: NewUser): Created => {
    if (created.outcome === 'created') metrics.granted.inc({ kind: 'opening' }, user.openingGrant.amount);
    return created;
  };
  return {
    ...stores,
    holdLedger: withHoldLedgerMetrics(stores.holdLedger, metrics),
    userStore: { ...userStore, create: async (user) => countOpening(await userStore.create(user), user) },
    firstAdminStore: {
      ...firstAdminStore,
      create: async (secretDigest, user) =>
        countOpening(await firstAdminStore.create(secretDigest, user), user),
    },
    voucherStore: {
      ...voucherStore,
      async redeem(redemption) {
        const redeemed = await voucherStore.redeem(redemption);
        if (redeemed.outcome === 'redeemed') metrics.granted.inc({ kind: 'voucher' }, redeemed.entry.amount);
        return redeemed;
      },
    },
    creditLedger: {
      ...creditLedger,
      async post(entry) {
        const posted = await creditLedger.post(entry);
        if (posted.outcome === 'posted') {
          if (entry.amount > 0) metrics.granted.inc({ kind: entry.kind }, entry.amount);
          else metrics.withdrawn.inc(-entry.amount);
        }
        return posted;
      },
    },
  };
}

/**
 * How a reply ended: `completed`; `timed_out` or `failed` if the model threw, `failed` also if the reply has no finish;
 * `stopped` if the client disconnected or a deadline of the domain passed.
 */
type Outcome = 'completed' | 'failed' | 'timed_out' | 'stopped';

/** Returns the model with a measurement of each reply: the time to its first chunk, and to its end. */
export function withModelMetrics(
  model: AiModel,
  name: string,
  metrics: Pick<Metrics, 'firstChunkSeconds' | 'replySeconds'>,
): AiModel {
  return {
    unsupported: model.unsupported,
    ...(model.limits === undefined ? {} : { limits: model.limits }),
    reply: (request) => ({
      [Symbol.asyncIterator]: () => measured(model.reply(request), request.signal, { name, metrics }),
    }),
  };
}

/** Not a generator, which for a short reply takes four times the memory. */
function measured(
  reply: AsyncIterable<ReplyChunk>,
  signal: AbortSignal,
  { name, metrics }: { name: string; metrics: Pick<Metrics, 'firstChunkSeconds' | 'replySeconds'> },
): AsyncIterator<ReplyChunk> {
  const chunks = reply[Symbol.asyncIterator]();
  const startedAt = performance.now();
  let firstChunkMs: number | null = null;
  let isRecorded = false;
  const record = (outcome: Outcome) => {
    if (isRecorded) return;
    isRecorded = true;
    const labels = { model: name, outcome };
    if (firstChunkMs !== null) metrics.firstChunkSeconds.observe(labels, firstChunkMs / 1000);
    metrics.replySeconds.observe(labels, (performance.now() - startedAt) / 1000);
  };
  const stop = () => {
    record('stopped');
  };
  // A model that ignores its signal may never return.
  signal.addEventListener('abort', stop, { once: true });
  return {
    async next() {
      try {
        const next = await chunks.next();
        if (next.done === true) record('failed');
        else if (next.value.type !== 'alive' && next.value.type !== 'usage') {
          firstChunkMs ??= performance.now() - startedAt;
          if (next.value.type === 'finish') record('completed');
        }
        return next;
      } catch (error) {
        record(isDomainError(error) && error.code === 'provider_timeout' ? 'timed_out' : 'failed');
        throw error;
      }
    },
    async return() {
      record('stopped');
      await chunks.return?.();
      return { done: true, value: undefined };
    },
  };
}

interface QueryRunner {
  query<Row>(statement: { name?: string; text: string }): Promise<Row[]>;
}

/** Times statements and counts failures, by the name of the statement; those without a name count as `other`. */
export function withDatabaseMetrics<Database extends QueryRunner>(
  database: Database,
  metrics: Pick<Metrics, 'statementSeconds' | 'statementFailures'>,
): Database {
  return {
    ...database,
    async query<Row>(given: Parameters<Database['query']>[0]): Promise<Row[]> {
      const statement = given.name ?? 'other';
      const startedAt = performance.now();
      try {
        return await database.query<Row>(given);
      } catch (error) {
        metrics.statementFailures.inc({ statement });
        throw error;
      } finally {
        metrics.statementSeconds.observe({ statement }, (performance.now() - startedAt) / 1000);
      }
    },
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);

/** Counts and times requests by route. Unknown paths share one label, unknown methods another, so that labels stay few. */
export function countRequests(metrics: Pick<Metrics, 'requests' | 'requestSeconds'>): OnResponse {
  return ({ route, method, status, durationMs }) => {
    const labels = { route: route ?? 'unknown', method: methods.has(method) ? method : 'other' };
    metrics.requests.inc({ ...labels, status });
    metrics.requestSeconds.observe(labels, durationMs / 1000);
  };
}
