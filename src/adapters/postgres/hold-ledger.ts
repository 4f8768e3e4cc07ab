import { idempotencyKeyTtlMs } from '../../domain/chat/exchange.js';
import type { Attachment } from '../../domain/chat/attachment.js';
import type { HoldLedger } from '../../ports/hold-ledger.js';
import { isAsSeenOrUncounted, recountEnded } from './cap-counters.js';
import type { Database } from './database.js';
import { exchangeColumns, exchangeOf, type ExchangeRow } from './exchange-rows.js';
import { createReserve } from './reserve.js';
import { readPage } from './read-rows.js';
import { isOpen } from './settle-statements.js';
import { createSettle } from './settle.js';
import { createSpend } from './spend.js';
import { cappedAccounts, makeKeptDue } from './take-credits.js';

// Lock order: the balance before the exchange. `reserve` holds the lock of the balance while it waits for a concurrent
// settlement of the exchange that has its key. A settlement that then waited for the balance would be a deadlock.

const release = `
  with locked as (
    select has_caps, xmin as row_version from balances where user_id = $1 for update
  ), ended as (
    update exchanges e
    set status = $3, failure = $4, hold_state = 'released', idempotency_key = null, ended_at = now(),
      end_key = $7, end_fingerprint = $8, failed_models = $10::jsonb,
      reply = case when e.erased or $5::text is null then e.reply else $5 end,
      tool_calls = case when e.erased or $5::text is null then e.tool_calls else $6::jsonb end,
      reply_parts = case when e.erased or $5::text is null then e.reply_parts else $9::jsonb end
    from locked
    where e.user_id = $1 and e.id = $2 and e.ended_at is null and ${isAsSeenOrUncounted}
    returning e.held, e.key_id, e.model, e.created_at, e.ended_at, -e.held as change
  ), ${recountEnded}
  update balances set balance = balance + ended.held, ${makeKeptDue()} from ended where user_id = $1
  returning balance`;

// A statement that waited for another transaction may have to be repeated.
const findOpen = `select id from exchanges where user_id = $1 and id = $2 and ended_at is null`;

const expire = `
  with locked as (
    select has_caps, xmin as row_version from balances where user_id = $1 for update
  ), ended as (
    update exchanges e
    set status = 'failed', hold_state = 'expired', idempotency_key = null, ended_at = now()
    from locked
    where e.user_id = $1 and e.id = $2 and e.ended_at is null
      and ($3 and e.action = 'chat' or e.hold_deadline <= now()) and ${isAsSeenOrUncounted}
    returning e.held, e.key_id, e.model, e.created_at, e.ended_at, -e.held as change
  ), ${recountEnded}
  update balances set balance = balance + ended.held, ${makeKeptDue()} from ended where user_id = $1
  returning balance`;

const renew = `
  update exchanges set hold_deadline = now() + $3::bigint * interval '1 millisecond'
  where user_id = $1 and id = $2 and ${isOpen()}
  returning id`;

const renewAndSave = `
  update exchanges
  set hold_deadline = now() + $3::bigint * interval '1 millisecond',
    reply = case when erased then reply else $4 end, tool_calls = case when erased then null else $5::jsonb end,
    reply_parts = case when erased then null else $6::jsonb end
  where user_id = $1 and id = $2 and ${isOpen()}
  returning id`;

const dueHolds = `
  select user_id, id from exchanges
  where hold_state = 'open' and ($1 and action = 'chat' or hold_deadline <= now())
  order by hold_deadline limit $2`;
const maxHoldsPerQuery = 500;

const forgetOldKeys = `
  update exchanges set idempotency_key = null
  where idempotency_key is not null and created_at <= now() - $1::bigint * interval '1 millisecond'
  returning id`;

const exchanges = `
  select ${exchangeColumns} from exchanges
  where user_id = $1 and action = 'chat' and ($2::uuid is null or id < $2::uuid)
  order by id desc limit $3`;

const findChat = `select ${exchangeColumns} from exchanges where user_id = $1 and id = $2 and action = 'chat'`;

const findAttachment = `
  select attachments->$3::int as attachment from exchanges
  where user_id = $1 and id = $2 and action = 'chat' and not erased and attachments->$3::int is not null`;

const requestStop = `
  update exchanges set stop_requested_at = now()
  where user_id = $1 and id = $2 and action = 'chat' and hold_state = 'open' and stop_requested_at is null`;

const stopRequests = `
  select id from exchanges
  where user_id = any($1::uuid[]) and id = any($2::uuid[]) and stop_requested_at is not null`;

const findHold = `select ${exchangeColumns} from exchanges where id = $1 and action <> 'chat'`;

/** Holds and charges in PostgreSQL. Each operation is one statement or one transaction, and therefore atomic. */
export function postgresHoldLedger(database: Database): HoldLedger {
  const accounts = cappedAccounts(database);
  return {
    reserve: createReserve(database, accounts),
    spend: createSpend(database, accounts),
    settle: createSettle(database, accounts),
    async renew({ userId, exchangeId }, leaseMs, partial = null) {
      const renewed = [userId, exchangeId, leaseMs];
      const rows = await database.query(
        partial === null
          ? { name: 'renew', mayWaitForLock: true, text: renew, values: renewed }
          : {
              mayWaitForLock: true,
              text: renewAndSave,
              values: [...renewed, partial.reply, jsonOf(partial.toolCalls), jsonOf(partial.replyParts)],
            },
      );
      return rows.length > 0;
    },
    async release({
      exchange: { userId, exchangeId },
      status,
      failure,
      failedModels,
      partial = null,
      endKey = null,
    }) {
      const partialValues = partial === null ? [null, null] : [partial.reply, jsonOf(partial.toolCalls)];
      const values = [
        ...[userId, exchangeId, status, failure, ...partialValues],
        ...[endKey?.key ?? null, endKey?.fingerprint ?? null, jsonOf(partial?.replyParts)],
        jsonOf(failedModels),
      ];
      for (;;) {
        const statement = { name: 'release', mayWaitForLock: true, text: release, values };
        const [row] = await database.query<{ balance: number }>(statement);
        if (row !== undefined) return { outcome: 'released', balance: row.balance };
        const isStillOpen = { name: 'find_open', text: findOpen, values: [userId, exchangeId] };
        if ((await database.query(isStillOpen)).length === 0) return { outcome: 'already_final' };
      }
    },
    async expireHolds({ everyOpen }) {
      let expired = 0;
      for (;;) {
        const due = await database.query<{ user_id: string; id: string }>({
          text: dueHolds,
          values: [everyOpen, maxHoldsPerQuery],
        });
        const before = expired;
        for (const { user_id, id } of due) {
          const rows = await database.query({
            name: 'expire',
            mayWaitForLock: true,
            text: expire,
            values: [user_id, id, everyOpen],
          });
          expired += rows.length;
        }
        // Stops if no hold of a full page could be expired: another server may be ending them.
        if (due.length < maxHoldsPerQuery || expired === before) return expired;
      }
    },
    async forgetOldKeys() {
      const rows = await database.query({ text: forgetOldKeys, values: [idempotencyKeyTtlMs] });
      return rows.length;
    },
    async find(id) {
      const [row] = await database.query<ExchangeRow>({ text: findHold, values: [id] });
      return row === undefined ? null : exchangeOf(row);
    },
    async exchange({ userId, exchangeId }) {
      const values = [userId, exchangeId];
      const [row] = await database.query<ExchangeRow>({ text: findChat, values });
      return row === undefined ? null : exchangeOf(row);
    },
    async attachment({ userId, exchangeId }, position) {
      const values = [userId, exchangeId, position];
      const [row] = await database.query<{ attachment: Attachment }>({ text: findAttachment, values });
      return row?.attachment ?? null;
    },
    async requestStop({ userId, exchangeId }) {
      await database.query({ mayWaitForLock: true, text: requestStop, values: [userId, exchangeId] });
    },
    async stopRequests(references) {
      const values = [
        [...new Set(references.map(({ userId }) => userId))],
        references.map(({ exchangeId }) => exchangeId),
      ];
      const rows = await database.query<{ id: string }>({ text: stopRequests, values });
      return rows.map(({ id }) => id);
    },
    exchanges: (userId, page) =>
      readPage(database, { text: exchanges }, { userId, page, itemOf: exchangeOf }),
  };
}

function jsonOf(list: readonly (object | string)[] | null | undefined): string | null {
  return list == null ? null : JSON.stringify(list);
}
