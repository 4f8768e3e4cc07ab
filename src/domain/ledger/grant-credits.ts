import type { CreditLedger, PostEntryOutcome } from '../../ports/credit-ledger.js';
import type { Ids } from '../../ports/ids.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { defaultPriorities, maxPriority } from '../metering/lot.js';
import { DomainError, invalidInput, notFound, throwIfInvalid } from '../errors.js';
import { validateIdempotencyKey } from '../chat/exchange.js';
import { normalizeId } from '../text.js';
import { codePointCount, isBlank, unstorableReason } from '../text.js';
import { maxCredits, type Entry } from './entry.js';

export interface GrantCreditsDeps {
  creditLedger: Pick<CreditLedger, 'post'>;
  ids: Ids;
  policy: Pick<WalletRules, 'lowBalance'>;
}

export interface GrantCreditsInput {
  userId: string;
  /** Credits, signed: a positive amount is a grant, a negative one an adjustment. */
  amount: number;
  reason: string;
  /** Credits that are added cannot be spent from this moment on. Null or absent: they do not expire. */
  expiresAt?: Date | null;
  /** The lot with the lowest number is spent first; from 0 to 1000. Null or absent: 20. Only for credits that are added. */
  priority?: number | null;
  /** The lot from which credits are removed first. Null or absent: as they are spent. Only for credits that are removed. */
  lotId?: string | null;
  /** A call with the same key changes the balance once. Null or absent: each call changes it. */
  idempotencyKey?: string | null;
}

/** An entry; `replayed` if an earlier call with the same idempotency key wrote it. */
export interface GrantedCredits {
  entry: Entry;
  replayed: boolean;
}

/**
 * Changes a balance, with one entry that states the reason. With `paysDebt`, what is added pays the debt of the account first, by
 * another entry. An idempotency key is valid within the account, for ever. Rejects
 * with `invalid_input`, `not_found`, `balance_out_of_range` if the balance would leave 0 … 2^53 − 1, or
 * `idempotency_key_reused` if the key was used with another amount, reason, expiry, priority or lot.
 */
export async function grantCredits(
  deps: GrantCreditsDeps,
  input: GrantCreditsInput,
  { paysDebt = false }: { paysDebt?: boolean } = {},
): Promise<GrantedCredits> {
  const { idempotencyKey = null, expiresAt = null, priority = null, lotId = null } = input;
  throwIfInvalid({
    amount: validateAmount(input.amount),
    reason: validateReason(input.reason),
    expires_at: validateExpiry(expiresAt, input.amount),
    priority: validatePriority(priority, input.amount),
    lot_id: lotId !== null && input.amount > 0 ? ['Is only for tokens that are removed.'] : [],
    'Idempotency-Key': idempotencyKey === null ? [] : validateIdempotencyKey(idempotencyKey),
  });
  const posted = await deps.creditLedger.post({
    id: deps.ids.next(),
    userId: input.userId,
    kind: input.amount > 0 ? 'grant' : 'adjustment',
    amount: input.amount,
    reason: input.reason,
    lot: { expiresAt, priority },
    lotId: lotId === null ? null : normalizeId(lotId),
    debtEntryId: paysDebt && input.amount > 0 ? deps.ids.next() : null,
    idempotencyKey,
    lowBalance: deps.policy.lowBalance,
  });
  switch (posted.outcome) {
    case 'posted':
      return { entry: posted.entry, replayed: false };
    case 'key_claimed':
      if (!isSameGrant(posted, input)) {
        throw new DomainError(
          'idempotency_key_reused',
          'This idempotency key was used with another amount, reason, expiry, priority or lot.',
        );
      }
      return { entry: posted.entry, replayed: true };
    case 'no_such_user':
      throw notFound('account');
    case 'no_such_lot':
      throw invalidInput({ lot_id: ['The account has no such lot.'] });
    case 'already_expired':
      throw invalidInput({ expires_at: ['Must be in the future.'] });
    case 'out_of_range':
      throw new DomainError('balance_out_of_range', `A balance must stay between 0 and ${maxCredits}.`, {
        balance: posted.balance,
      });
  }
}

/** The maximum length of a reason, in code points. */
export const maxReasonChars = 500;

function validateAmount(amount: number): string[] {
  return Number.isSafeInteger(amount) && amount !== 0
    ? []
    : [`Must be a whole number from -${maxCredits} to ${maxCredits}, other than 0.`];
}

/** The ledger rejects what has expired: a repetition can come after the expiry. */
function validateExpiry(expiresAt: Date | null, amount: number): string[] {
  return expiresAt !== null && amount < 0 ? ['Is only for tokens that are added.'] : [];
}

function validatePriority(priority: number | null, amount: number): string[] {
  if (priority === null) return [];
  if (amount < 0) return ['Is only for tokens that are added.'];
  return Number.isSafeInteger(priority) && priority >= 0 && priority <= maxPriority
    ? []
    : [`Must be a whole number from 0 to ${maxPriority}.`];
}

/** A priority that was not given is the default, then and now. A lot that is missing was added without options. */
function isSameGrant(
  { entry, lot, lotId: namedId }: Extract<PostEntryOutcome, { outcome: 'key_claimed' }>,
  { amount, reason, expiresAt = null, priority = null, lotId = null }: GrantCreditsInput,
): boolean {
  const usual = defaultPriorities[lot?.kind ?? 'grant'];
  return (
    entry.amount === amount &&
    entry.reason === reason &&
    (lot?.expiresAt ?? null)?.getTime() === expiresAt?.getTime() &&
    (lot?.priority ?? usual) === (priority ?? usual) &&
    namedId === (lotId === null ? null : normalizeId(lotId))
  );
}

function validateReason(reason: string): string[] {
  const unstorable = unstorableReason(reason);
  if (unstorable !== null) return [`A reason ${unstorable}.`];
  if (isBlank(reason)) return ['Must not be blank.'];
  return codePointCount(reason) > maxReasonChars ? [`Must have at most ${maxReasonChars} characters.`] : [];
}
