import type {
  AuditFilter,
  EntryFilter,
  ExchangeFilter,
  Named,
  NamedAuditEvent,
  RecordSearch,
} from '../../ports/record-search.js';
import type { UserStore } from '../../ports/user-store.js';
import type { Exchange } from '../chat/exchange.js';
import { DomainError } from '../errors.js';
import type { Entry } from '../ledger/entry.js';
import type { Page, PageRequest } from '../page.js';
import { findNamed } from '../users/user-name.js';

export interface SearchRecordsDeps {
  recordSearch: RecordSearch;
  userStore: Pick<UserStore, 'findByName'>;
}

/** An account by its id, username or email; null for any. */
type UserReference = string | null;

export type ExchangeSearch = Omit<ExchangeFilter, 'userId'> & { user: UserReference };
export type EntrySearch = Omit<EntryFilter, 'userId'> & { user: UserReference };
export type AuditSearch = Omit<AuditFilter, 'actorId' | 'subjectId'> & {
  actor: UserReference;
  subject: UserReference;
};

/** The exchanges of all accounts that match. Of an account that is not there, none. */
export async function searchExchanges(
  deps: SearchRecordsDeps,
  { user, ...filter }: ExchangeSearch,
  page: PageRequest,
): Promise<Page<Named<Exchange>>> {
  const userId = await userIdOf(deps, user);
  return userId === undefined ? nothing : deps.recordSearch.exchanges({ ...filter, userId }, page);
}

/** One exchange of anybody's. Refuses with `not_found`. */
export async function findExchange(
  deps: Pick<SearchRecordsDeps, 'recordSearch'>,
  exchangeId: string,
): Promise<Named<Exchange>> {
  const exchange = await deps.recordSearch.exchange(exchangeId);
  if (exchange === null) throw new DomainError('not_found', 'There is no such chat.');
  return exchange;
}

/** The lines of the whole ledger that match. Of an account that is not there, none. */
export async function searchEntries(
  deps: SearchRecordsDeps,
  { user, ...filter }: EntrySearch,
  page: PageRequest,
): Promise<Page<Named<Entry>>> {
  const userId = await userIdOf(deps, user);
  return userId === undefined ? nothing : deps.recordSearch.entries({ ...filter, userId }, page);
}

/** The events of the audit log that match. Of an account that is not there, none. */
export async function searchAuditEvents(
  deps: SearchRecordsDeps,
  { actor, subject, ...filter }: AuditSearch,
  page: PageRequest,
): Promise<Page<NamedAuditEvent>> {
  const actorId = await userIdOf(deps, actor);
  const subjectId = await userIdOf(deps, subject);
  if (actorId === undefined || subjectId === undefined) return nothing;
  return deps.recordSearch.auditEvents({ ...filter, actorId, subjectId }, page);
}

const nothing: Page<never> = { results: [], next: null };
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids also of accounts that are erased; undefined for a name that nobody has. */
async function userIdOf(
  deps: Pick<SearchRecordsDeps, 'userStore'>,
  reference: UserReference,
): Promise<string | null | undefined> {
  if (reference === null) return null;
  if (uuid.test(reference)) return reference.toLowerCase();
  return (await findNamed(deps, reference))?.user.id;
}
