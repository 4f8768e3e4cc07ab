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
  /** Credits, signed: a positive amount is a grant, a negative one an adjustment. */
  amount: number;
  reason: string;
  /** A call with the same key changes the balance once. Null or absent: each call changes it. */
  idempotencyKey?: string | null;
}

/** An entry; `replayed` if an earlier call with the same idempotency key wrote it. */
export interface GrantedCredits {
  entry: Entry;
  replayed: boolean;
}

/**
 * Changes a balance, with one entry that states the reason. An idempotency key is valid within the account, for ever. Rejects
 * with `invalid_input`, `not_found`, `balance_out_of_range` if the balance would leave 0 … 2^53 − 1, or
 * `idempotency_key_reused` if the key was used with another amount or reason.
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
        throw new DomainError(
          'idempotency_key_reused',
          'This idempotency key was used with another amount or reason.',
        );
      }
      return { entry: posted.entry, replayed: true };
    case 'no_such_user':
      throw notFound('account');
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

function validateReason(reason: string): string[] {
  const unstorable = unstorableReason(reason);
  if (unstorable !== null) return [`A reason ${unstorable}.`];
  if (isBlank(reason)) return ['Must not be blank.'];
  return codePointCount(reason) > maxReasonChars ? [`Must have at most ${maxReasonChars} characters.`] : [];
}
