import { allowanceRule, type WalletRules } from '../../domain/metering/wallet-rules.js';
import type { ExchangeReference, Settlement, SettleOutcome } from '../../ports/hold-ledger.js';
import { entryIdsBefore } from '../../domain/ledger/entry-id.js';
import { bringLotsUpToDate } from './account-lots.js';
import { batchStatements } from './batching/batch-statements.js';
import { creditsLeftByCaps } from './cap-counters.js';
import type { CappedAccounts } from './take-credits.js';
import type { Database, Queryable, SqlValue } from './database.js';
import { lockAccount } from './locked-account.js';
import { alertIfLow } from './low-balance.js';
import { isOpen, settle, settleBatch, settleBelowCaps, settleWhenReady } from './settle-statements.js';

/** What a settlement charged. */
interface SettledRow {
  balance_after: number;
  captured: number;
  uncollected: number;
}

/** Creates `settle`. */
export function createSettle(
  database: Database,
  accounts: CappedAccounts,
): (settlement: Settlement) => Promise<SettleOutcome> {
  const settleOne = batchStatements<Settlement & { userId: string }, SettleOutcome>(database, {
    runBatch: (settlements) => runBatch(database, settlements),
    runSingle: (settlement) => settleSingle({ database, accounts }, settlement),
  });
  return (settlement) => {
    const { capture, exchange } = settlement;
    if (!Number.isSafeInteger(capture) || capture < 0)
      return Promise.reject(new TypeError('The captured amount must be a whole number, 0 or more.'));
    const { userId } = exchange;
    return accounts.has(userId) || database.isSharded === true
      ? accounts.inTurn(userId, () => settleSingle({ database, accounts }, settlement))
      : settleOne({ ...settlement, userId });
  };
}

async function runBatch(
  database: Database,
  settlements: readonly Settlement[],
): Promise<(SettleOutcome | undefined)[]> {
  const rows = await database.query<SettledRow & { exchange_id: string }>({
    name: 'settle_batch',
    text: settleBatch,
    values: [JSON.stringify(settlements.map(settlementRow)), settlements.length],
  });
  const settled = new Map(rows.map((row) => [row.exchange_id, settledOf(row)]));
  return settlements.map(({ exchange }) => settled.get(exchange.exchangeId));
}

function settledOf({ balance_after, captured, uncollected }: SettledRow): SettleOutcome {
  return { outcome: 'settled', balance: balance_after, captured, uncollected };
}

/** The rule of no account: default caps limit what exceeds the hold also where they have counted nothing yet. */
const noRule = 'default caps';

/** PostgreSQL reads an absent member of JSON as null, and faster than a null. */
function settlementRow(settlement: Settlement) {
  const { exchange, chat } = settlement;
  const usage = chat?.usage;
  return {
    user_id: exchange.userId,
    id: exchange.exchangeId,
    capture: settlement.capture,
    entry_id: settlement.entryId,
    units: settlement.units ?? undefined,
    details: settlement.details ?? undefined,
    end_key: settlement.endKey?.key,
    end_fingerprint: settlement.endKey?.fingerprint,
    status: chat?.status ?? 'completed',
    reply: chat?.reply ?? '',
    tool_calls: chat?.toolCalls ?? undefined,
    reply_parts: chat?.replyParts ?? undefined,
    answered_by: chat?.repliedBy,
    failed_models: chat?.failedModels ?? undefined,
    finish_reason: chat?.finishReason ?? undefined,
    stop_sequence: chat?.stopSequence ?? undefined,
    usage_input: usage?.input,
    usage_cached_input: usage?.cachedInput,
    usage_cache_write: usage?.cacheWrite,
    usage_output: usage?.output,
    usage_reasoning: usage?.reasoning,
    rule: ruleOf(settlement.rules),
    low_balance: settlement.rules.lowBalance ?? undefined,
  };
}

/** Most servers have neither default caps nor an allowance. */
function ruleOf(rules: WalletRules): string | undefined {
  if (rules.defaultCaps.length > 0) return noRule;
  return rules.allowance === null ? undefined : (allowanceRule(rules) ?? undefined);
}

async function settleSingle(
  { database, accounts }: { database: Database; accounts: CappedAccounts },
  settlement: Settlement,
): Promise<SettleOutcome> {
  const { rule = null, low_balance = null, ...row } = settlementRow(settlement);
  const values = [
    ...[
      row.user_id,
      row.id,
      row.capture,
      row.entry_id,
      row.units,
      row.details && JSON.stringify(row.details),
    ],
    ...[row.end_key, row.end_fingerprint, row.status, row.reply],
    ...[row.tool_calls && JSON.stringify(row.tool_calls), row.answered_by, row.finish_reason],
    ...[
      row.usage_input,
      row.usage_cached_input,
      row.usage_cache_write,
      row.usage_output,
      row.usage_reasoning,
    ],
    row.reply_parts && JSON.stringify(row.reply_parts),
    row.failed_models && JSON.stringify(row.failed_models),
    row.stop_sequence,
  ].map((value): SqlValue => value ?? null);
  const { userId } = settlement.exchange;
  const [settled] = await database.query<SettledRow>(
    accounts.has(userId)
      ? {
          name: 'settle_below_caps',
          mayWaitForLock: true,
          text: settleBelowCaps,
          values: [...values, low_balance],
        }
      : { name: 'settle', mayWaitForLock: true, text: settle, values: [...values, rule, low_balance] },
  );
  if (settled !== undefined) return settledOf(settled);
  const { state, isCapped } = await readState(database, settlement.exchange);
  accounts.remember(userId, isCapped);
  return state === 'open' ? settleSlowly(database, settlement, values) : { outcome: state };
}

const findState = `
  select b.closed_at is not null as is_erased, b.has_caps,
    exists (select 1 from exchanges where user_id = $1 and id = $2 and ${isOpen()})
      as is_open
  from balances b where b.user_id = $1`;

/** Called only if a hold could not be settled by one statement. */
async function readState(
  database: Queryable,
  { userId, exchangeId }: ExchangeReference,
): Promise<{ state: 'open' | 'already_final' | 'account_erased'; isCapped: boolean }> {
  const [found] = await database.query<{ is_erased: boolean; is_open: boolean; has_caps: boolean }>({
    text: findState,
    values: [userId, exchangeId],
  });
  const ended = found?.is_erased === true ? 'account_erased' : 'already_final';
  return { state: found?.is_open === true ? 'open' : ended, isCapped: found?.has_caps === true };
}

const findOpen = `
  select held, key_id, model, created_at from exchanges
  where user_id = $1 and id = $2 and ${isOpen()}`;

/** Settles a hold whose account has caps, where something is due before credits can be taken, or whose balance may be low after. */
function settleSlowly(
  database: Database,
  { exchange, entryId, capture, rules }: Settlement,
  values: readonly SqlValue[],
): Promise<SettleOutcome> {
  const { userId, exchangeId } = exchange;
  return database.transaction(async (within) => {
    const locked = await lockAccount(within, userId, rules);
    if (locked === null) return { outcome: 'account_erased' };
    const [open] = await within.query<{
      held: number;
      key_id: string | null;
      model: string;
      created_at: Date;
    }>({ text: findOpen, values: [userId, exchangeId] });
    if (open === undefined) return { outcome: 'already_final' };
    let extra = 0;
    if (capture > open.held) {
      const account = await bringLotsUpToDate(within, locked, rules, entryIdsBefore(entryId));
      const use = { keyId: open.key_id, model: open.model, createdAt: open.created_at };
      const left = await creditsLeftByCaps(within, account, use, rules);
      extra = Math.min(account.balance, left ?? account.balance);
    }
    const [settled] = await within.query<SettledRow>({ text: settleWhenReady, values: [...values, extra] });
    if (settled === undefined) return { outcome: 'already_final' };
    await alertIfLow(within, { ...locked, balance: settled.balance_after }, settled.captured);
    return settledOf(settled);
  });
}
