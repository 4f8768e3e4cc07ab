import type { CreditLedger } from '../../ports/credit-ledger.js';
import type { Ids } from '../../ports/ids.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
import { validateIdempotencyKey } from '../chat/exchange.js';
import { codePointCount, isBlank, unstorableReason } from '../text.js';
import { maxCredits, type Entry } from './entry.js';

export interface GrantCreditsDeps {
  creditLedger: Pick<CreditLedger, 'post'>;
  ids: Ids;
}

export interface GrantCreditsInput {
  userId: string;
  /** Signed: above 0 it is a grant, below 0 an adjustment that takes away. */
  amount: number;
  reason: string;
  /** Null, as if absent, where nobody repeats it. */
  idempotencyKey?: string | null;
}

/** An entry, and whether it is one from earlier. */
export interface GrantedCredits {
  entry: Entry;
  replayed: boolean;
}

/**
 * Moves a balance by hand, with one entry that says why; under an idempotency key of the account, once for good. Refuses
 * with `invalid_input`, `not_found`, `balance_out_of_range` when the balance would leave 0 … 2^53 − 1, or
 * `idempotency_key_reused` for another amount or reason under the same key.
 */
export async function grantCredits(
  deps: GrantCreditsDeps,
  input: GrantCreditsInput,
): Promise<GrantedCredits> {
  const { idempotencyKey = null } = input;
  throwIfInvalid({
    amount: validateAmount(input.amount),
    reason: validateReason(input.reason),
    'Idempotency-Key': idempotencyKey === null ? [] : validateIdempotencyKey(idempotencyKey),
  });
  const posted = await deps.creditLedger.post({
    id: deps.ids.next(),
    userId: input.userId,
    kind: input.amount > 0 ? 'grant' : 'adjustment',
    amount: input.amount,
    reason: input.reason,
    idempotencyKey,
  });
  switch (posted.outcome) {
    case 'posted':
      return { entry: posted.entry, replayed: false };
    case 'key_claimed':
      if (posted.entry.amount !== input.amount || posted.entry.reason !== input.reason) {
        throw new DomainError('idempotency_key_reused', 'This key was used for another amount or reason.');
      }
      return { entry: posted.entry, replayed: true };
    case 'no_such_user':
      throw notFound('account');
    case 'out_of_range':
      throw new DomainError('balance_out_of_range', `A balance stays between 0 and ${maxCredits}.`, {
        balance: posted.balance,
      });
  }
}

/** The longest reason, in code points. */
export const maxReasonChars = 500;

function validateAmount(amount: number): string[] {
  return Number.isSafeInteger(amount) && amount !== 0
    ? []
    : [`Must be a whole number other than 0, at most ${maxCredits} either way.`];
}

function validateReason(reason: string): string[] {
  const unstorable = unstorableReason(reason);
  if (unstorable !== null) return [`A reason ${unstorable}.`];
  if (isBlank(reason)) return ['Must not be blank.'];
  return codePointCount(reason) > maxReasonChars ? [`Must have at most ${maxReasonChars} characters.`] : [];
}
