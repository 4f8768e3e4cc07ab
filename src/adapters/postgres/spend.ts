import { entryIdsBefore } from '../../domain/ledger/entry-id.js';
import { allowanceRule } from '../../domain/metering/wallet-rules.js';
import type { SpendOutcome, SpendRequest } from '../../ports/hold-ledger.js';
import type { Database, Queryable, SqlValue, Statement } from './database.js';
import { alertIfLow, requiresNoAlert } from './low-balance.js';
import { nullIfKeyClaimed } from './reserve.js';
import {
  deductCredits,
  isAffordable,
  takeOrExplain,
  takingParts,
  type TakingParts,
  type CappedAccounts,
} from './take-credits.js';

const spendWith = ({ locked = '', condition, counted = '' }: TakingParts) => `
  with ${locked}claim as (
    ${deductCredits}
    where user_id = $1 and ${isAffordable}${condition}
    returning balance
  ), spent as (
    insert into exchanges (user_id, id, held, idempotency_key, request_fingerprint, action, details, key_id,
      units, model, message, reply, status, hold_state, hold_deadline, captured, balance_after, ended_at)
    select $1, $2::uuid, $3::bigint, $4, $5, $6, $7::jsonb, $8::uuid,
      $9::bigint, '', '', '', 'completed', 'captured', now(), $3::bigint, balance, now() from claim
    returning created_at
  )${counted}
  insert into entries (user_id, id, kind, amount, balance_after, exchange_id, action, units, details)
  select $1, $10::uuid, 'charge', -$3::bigint, claim.balance, $2::uuid, $6, $9::bigint, $7::jsonb from claim, spent
  returning created_at, balance_after`;

const parts = takingParts({ keyId: '$8::uuid', model: `''`, rule: '$11::text', windows: '$12' });
const leavingEnough = (taking: TakingParts, threshold: string): TakingParts => ({
  ...taking,
  condition: `${taking.condition} and ${requiresNoAlert('balance - $3', threshold)}`,
});
const statements = {
  fast: { name: 'spend', mayWaitForLock: true, text: spendWith(leavingEnough(parts.fast, '$12::bigint')) },
  capped: {
    name: 'spend_below_caps',
    mayWaitForLock: true,
    text: spendWith(leavingEnough(parts.capped, '$13::bigint')),
  },
  slow: { text: spendWith(parts.slow) },
};

/** Creates `spend`. */
export function createSpend(
  database: Database,
  accounts: CappedAccounts,
): (request: SpendRequest) => Promise<SpendOutcome> {
  return async (request) => {
    const values: SqlValue[] = [
      ...[
        request.userId,
        request.exchangeId,
        request.amount,
        request.idempotencyKey,
        request.requestFingerprint,
      ],
      ...[request.action, request.details && JSON.stringify(request.details), request.keyId],
      ...[request.units, request.entryId],
    ];
    const rule = allowanceRule(request.rules);
    const { lowBalance } = request.rules;
    const credits = {
      ...request,
      nextEntryId: entryIdsBefore(request.entryId),
      credits: request.amount,
      conversationId: null,
      model: '',
      mayAlert: true,
    };
    const { fast, capped, slow } = statements;
    const run = (statement: Statement) => runSpend(database, statement).catch(nullIfKeyClaimed);
    const outcome = await takeOrExplain<SpendOutcome>({ database, accounts }, credits, {
      fast: () => run({ ...fast, values: [...values, rule, lowBalance] }),
      capped: (windows) => run({ ...capped, values: [...values, rule, windows, lowBalance] }),
      slow: async (within, account) => {
        const spent = await runSpend(within, { ...slow, values });
        if (spent?.outcome === 'spent')
          await alertIfLow(within, { ...account, balance: spent.balance }, request.amount);
        return spent;
      },
    });
    if (outcome.outcome === 'no_such_conversation') throw new TypeError('No conversation is required.');
    return outcome;
  };
}

async function runSpend(database: Queryable, statement: Statement): Promise<SpendOutcome | null> {
  const [row] = await database.query<{ created_at: Date; balance_after: number }>(statement);
  return row === undefined
    ? null
    : { outcome: 'spent', createdAt: row.created_at, balance: row.balance_after };
}
