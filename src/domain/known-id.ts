import { DomainError } from './errors.js';
import type { Page, PageRequest } from './page.js';
import type { CreditLedger } from '../ports/credit-ledger.js';
import type { Balance } from './ledger/entry.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Returns an id in the form in which ids are stored. A text that is no UUID is the id of nothing, in every store.
 *
 * @throws DomainError `not_found` if it is no UUID.
 */
export function knownId(id: unknown): string {
  if (typeof id !== 'string' || !uuid.test(id)) {
    throw new DomainError('not_found', 'There is nothing of this id.');
  }
  return id.toLowerCase();
}

const idFields = ['userId', 'conversationId', 'exchangeId', 'sessionId', 'keyId'];

/**
 * Returns an input with its ids in the form in which ids are stored.
 *
 * @throws DomainError `not_found` if one is no UUID.
 */
export function withKnownIds<Input extends object>(input: Input): Input {
  const given = Object.entries(input as Record<string, unknown>).filter(([field]) =>
    idFields.includes(field),
  );
  return { ...input, ...Object.fromEntries(given.map(([field, id]) => [field, knownId(id)])) };
}

/** The same for the cursor of a page that is an id. */
export function withKnownCursor(page: PageRequest): PageRequest {
  return page.before === null ? page : { ...page, before: knownId(page.before) };
}

export interface KnownAccountDeps {
  creditLedger: Pick<CreditLedger, 'balance'>;
}

/** What an account can spend, and what is held. Rejects with `not_found` if there is no such account. */
export async function balanceOfAccount(deps: KnownAccountDeps, userId: string): Promise<Balance> {
  const balance = await deps.creditLedger.balance(knownId(userId));
  if (balance === null) throw new DomainError('not_found', 'There is no such account.');
  return balance;
}

/**
 * A page of what an account has. Whether there is such an account is asked only if the page is empty.
 *
 * @throws DomainError `not_found` if there is no such account.
 */
export async function pageOfAccount<Item>(
  deps: KnownAccountDeps,
  { userId, page }: { userId: string; page: PageRequest },
  read: (userId: string, page: PageRequest) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const found = await read(knownId(userId), withKnownCursor(page));
  if (found.results.length === 0) await balanceOfAccount(deps, userId);
  return found;
}
