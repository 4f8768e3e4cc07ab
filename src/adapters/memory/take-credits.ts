import type { WalletRules } from '../../domain/metering/wallet-rules.js';
import type { RejectedOutcome, ReserveOutcome } from '../../ports/hold-ledger.js';
import { capReachedEvent, reachedCapName } from '../../domain/events/cap-event.js';
import type { CapState } from '../../domain/metering/cap.js';
import { insertEvents } from './account-events.js';
import { bringLotsUpToDate } from './account-lots.js';
import { countUse } from './cap-counters.js';
import type { Account } from './account-state.js';
import { copyOf, type MemoryState } from './state.js';
import { isKeyExpired, storeExchange } from './stored-exchanges.js';

/** A request to take credits from an account: to hold or to charge them. */
export interface CreditRequest {
  userId: string;
  exchangeId: string;
  /** Credits to take, 0 or more. */
  credits: number;
  /** Returns the ids of the entries of what is due before, in ascending order. */
  nextEntryId: () => string;
  idempotencyKey: string | null;
  /** The conversation that must exist, or null. */
  conversationId: string | null;
  keyId: string | null;
  /** An empty text for an action without a model. */
  model: string;
  rules: WalletRules;
}

type Rejection = RejectedOutcome | Extract<ReserveOutcome, { outcome: 'no_such_conversation' }>;

/** Takes credits from an account and frees the key of an earlier exchange; or returns why it did not. */
export function takeCredits(
  state: MemoryState,
  now: Date,
  request: CreditRequest,
): { outcome: 'taken'; account: Account } | Rejection {
  const { userId, exchangeId, credits, idempotencyKey, conversationId, rules } = request;
  if (!Number.isSafeInteger(credits) || credits < 0) {
    throw new TypeError('The credits must be a whole number, 0 or more.');
  }
  const account = state.accounts.get(userId);
  if (account === undefined || account.isClosed) return { outcome: 'no_such_user' };
  bringLotsUpToDate(account, now, rules, request.nextEntryId);
  const keyOwnerId = idempotencyKey === null ? undefined : account.claims.get(idempotencyKey);
  const claim = keyOwnerId === undefined ? undefined : account.exchanges.get(keyOwnerId);
  if (claim !== undefined && !isKeyExpired(claim, now)) {
    return { outcome: 'key_claimed', exchange: copyOf(claim.exchange) };
  }
  if (conversationId !== null && !account.conversations.has(conversationId)) {
    return { outcome: 'no_such_conversation' };
  }
  if (account.debt > 0) return { outcome: 'debt_outstanding', debt: account.debt };
  if (account.balance < credits) return { outcome: 'insufficient', balance: account.balance };
  if (account.exchanges.has(exchangeId)) throw new TypeError('An exchange with this id already exists.');
  const cap = countUse(account, now, request, rules);
  if (cap !== null) {
    recordReachedCap(account, now, cap);
    return { outcome: 'cap_reached', cap };
  }
  if (claim !== undefined) storeExchange(account, { ...claim, idempotencyKey: null });
  account.balance -= credits;
  return { outcome: 'taken', account };
}

/** Writes the event of a cap that rejects a request, once in its window. */
function recordReachedCap(account: Account, now: Date, cap: CapState): void {
  const name = reachedCapName(cap);
  if (account.reachedCaps.has(name)) return;
  account.reachedCaps.add(name);
  insertEvents(account, now, [capReachedEvent(cap)]);
}
