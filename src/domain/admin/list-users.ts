import type {
  FoundUser,
  ListedUser,
  UserDirectory,
  UserPlace,
  UserQuery,
} from '../../ports/user-directory.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import { notFound } from '../errors.js';
import { searchPage, type SearchPage, type SearchPageRequest } from '../page.js';
import { asciiDomain, emailKey, typedKey } from '../users/email-address.js';
import { isPossibleName } from '../users/user.js';

interface ListUsersDeps {
  userDirectory: UserDirectory;
}

/** What an administrator looks for. `text` is part of a username or email, in any case. */
export type ListUsersInput = Omit<UserQuery, 'emailText'> & { caller: AdminCaller };

/** Returns the accounts that match. Rejects with `admin_required`. */
export async function listUsers(
  deps: ListUsersDeps,
  { caller, ...query }: ListUsersInput,
  page: SearchPageRequest<UserPlace>,
): Promise<SearchPage<ListedUser, UserPlace>> {
  requireAdmin(caller, 'read');
  const { text } = query;
  if (text !== null && !isPossibleName(text))
    return { results: [], next: null, ...(page.withTotal === true ? { total: 0 } : {}) };
  const keys =
    text === null ? { emailText: null } : { text: typedKey(text), emailText: partOfEmailKey(text) };
  const search = { ...query, ...keys };
  return searchPage(
    page,
    (request) => deps.userDirectory.list(search, request),
    (most) => deps.userDirectory.count(search, most),
  );
}

/** Compares domains in their ASCII form, so that a search for `bücher.example` finds `xn--bcher-kva.example`. */
function partOfEmailKey(text: string): string {
  return text.includes('@') ? emailKey(text) : (asciiDomain(text) ?? typedKey(text));
}

/** Returns one account. Rejects with `admin_required` or `not_found`. */
export async function findListedUser(
  deps: ListUsersDeps,
  { caller, userId }: { caller: AdminCaller; userId: string },
): Promise<FoundUser> {
  requireAdmin(caller, 'read');
  const user = await deps.userDirectory.find(userId);
  if (user === null) throw notFound('account');
  return user;
}
