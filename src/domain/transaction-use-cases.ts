import { grantByOperator } from './admin/grant-by-operator.js';
import type { OperatorCaller } from './auth/caller.js';
import type { AccountRequest } from './chat/access.js';
import type { GrantCreditsInput } from './ledger/grant-credits.js';
import { readAllowance } from './ledger/read-allowance.js';
import { readBalance } from './ledger/read-balance.js';
import { readLots, type LotFilter } from './ledger/read-lots.js';
import { reserveCredits, type ReserveCreditsInput } from './metering/reserve-credits.js';
import {
  releaseHold,
  renewHold,
  settleHold,
  type EndHoldInput,
  type HoldRequest,
  type SettleHoldInput,
} from './metering/settle-hold.js';
import { spendCredits, type SpendCreditsInput } from './metering/spend-credits.js';
import type { PageRequest } from './page.js';
import type { Ports } from './ports.js';
import { normalizeIds } from './text.js';
import { adoptUser, eraseAdopted, type ForeignUser } from './users/adopt-user.js';
import { readAccountPage } from './users/read-account-page.js';

/** The use cases of `core.within`. */
export type TransactionUseCases = ReturnType<typeof transactionUseCases>;

/**
 * The use cases that only run statements, and so can be part of a transaction of an embedding program: none asks a model or a
 * payment provider, sends a mail, hashes a password or counts for a rate limit, which no rollback would undo. A statement is not
 * among them, because it reads one snapshot, which a transaction of another level does not have.
 */
export function transactionUseCases(ports: Ports) {
  return {
    users: {
      /** For a host program that authenticates users itself: returns the account of a user, and creates it on the first call. */
      adopt: (input: ForeignUser) => adoptUser(ports, input),
      /** Erases an adopted account and its texts; the ledger keeps its entries under the id alone. Rejects with `not_found`. */
      eraseAdopted: (input: ForeignUser) => eraseAdopted(ports, input),
    },
    ledger: {
      /** For the account itself, administrators and the operator: returns what an account can spend and what is held for replies in progress, in credits. Rejects with `not_found`. */
      balance: (request: AccountRequest) => readBalance(ports, request),
      /** For the account itself, administrators and the operator: returns a page of the ledger of an account, newest first. Rejects with `not_found`. */
      entries: (request: AccountRequest, page: PageRequest) =>
        readAccountPage(ports, { ...request, page }, (...request) => ports.creditLedger.entries(...request)),
      /**
       * For the account itself, administrators and the operator: does what is due for an account, and returns a page of its
       * lots, newest first: where its credits come from, how many are left, and when they expire. Rejects with `not_found`.
       */
      lots: (request: AccountRequest, page: PageRequest, filter?: LotFilter) =>
        readLots(ports, request, page, filter),
      /** For the account itself, administrators and the operator: returns the allowance, which an account gets by its first use in each period. Rejects with `not_found`. */
      allowance: async (request: AccountRequest) => readAllowance(ports, request),
      /** For the operator: changes a balance, with one entry. Rejects with `invalid_input`, `not_found`, `balance_out_of_range` or `idempotency_key_reused`. */
      grant: async (input: GrantCreditsInput & { caller: OperatorCaller }) =>
        grantByOperator(ports, normalizeIds(input)),
    },
    metering: {
      /** Charges a known price at once. Rejects with `insufficient_credits` or `cap_reached`, among others. */
      spend: (input: SpendCreditsInput) => spendCredits(ports, input),
      /** Holds credits for an action until it is settled, released, or its time is over. Rejects as `spend` does. */
      reserve: (input: ReserveCreditsInput) => reserveCredits(ports, input),
      /** Ends a hold with a charge; what exceeds it is taken from the balance as far as that goes. Rejects with `not_found` or `hold_ended`, among others. */
      settle: (input: SettleHoldInput) => settleHold(ports, input),
      /** Ends a hold without a charge. Rejects with `not_found` or `hold_ended`, among others. */
      release: (input: EndHoldInput) => releaseHold(ports, input),
      /** Moves the end of an open hold to so many milliseconds from now. Rejects with `not_found` or `hold_ended`, among others. */
      renew: (input: HoldRequest & { ttlMs: number }) => renewHold(ports, input),
    },
  };
}

/** Adds the other use cases of the core, which throw a TypeError. */
export function refusingOthers(useCases: TransactionUseCases, core: object): TransactionUseCases {
  const groups = Object.entries(core).filter(([, group]) => typeof group === 'object');
  const withRefusals = groups.map(([subject, group]) => {
    const names = Object.entries(group as object).filter(([, useCase]) => typeof useCase === 'function');
    const refusals = names.map(([name]) => [name, () => refuse(`core.${subject}.${name}`)]);
    const allowed = useCases[subject as keyof TransactionUseCases] as object | undefined;
    return [subject, { ...(Object.fromEntries(refusals) as object), ...allowed }];
  });
  return Object.fromEntries(withRefusals) as TransactionUseCases;
}

function refuse(name: string): never {
  const reason = name.startsWith('core.chat.') ? ', because nothing may stay open while a model replies' : '';
  throw new TypeError(
    `${name} cannot be part of a transaction${reason}. Call it on the core itself, before or after the transaction.`,
  );
}
