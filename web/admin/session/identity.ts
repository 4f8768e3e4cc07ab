import { setCreditUnit } from '../../api/credits.js';
import { clearStoredSession, readStoredSession } from '../../api/stored-session.js';
import type { Account, SignedOut } from '../../api/api-objects.js';
import { isSessionOver } from '../api/failure.js';
import { fetchJson, startSession } from '../api/fetch-json.js';
import { text } from '../texts/texts.js';

type Identity = Pick<Account, 'id' | 'username' | 'role'>;

/** The signed-in user as last read, and the session that the user was read with. */
let cached: { session: string; identity: Identity } | null = null;

/** Opens a session by a password. Rejects with a failure that has a challenge if a second factor is required. */
export function openByPassword(username: string, password: string): Promise<void> {
  return startSession('/api/login/', { username, password });
}

/** Signs in by a function that opens a session. Rejects if the user is not an administrator, without a session. */
export async function signInAsAdministrator(open: () => Promise<void>): Promise<Identity> {
  await open();
  const identity = await currentIdentity();
  if (identity.role === 'admin') return identity;
  await signOut();
  throw new Error(text('signIn.notAdministrator', { username: identity.username }));
}

/** Creates the first administrator of a server, with the secret of the link that it printed, and signs in. */
export function createFirstAdministrator(
  secret: string,
  account: { username: string; password: string },
): Promise<void> {
  return startSession('/api/admin/first/', { setup_token: secret, ...account });
}

/** Whether this browser has a session, which it shares with the chat page. */
export function isSignedIn(): boolean {
  return readStoredSession() !== null;
}

/** The signed-in user, read once for each session. Rejects with status 401 if there is no session. */
export async function currentIdentity(): Promise<Identity> {
  const session = readStoredSession()?.session ?? '';
  if (cached?.session !== session) {
    const account = await fetchJson<Account>('/api/me/');
    setCreditUnit(account.unit);
    cached = { session, identity: account };
  }
  return cached.identity;
}

export function forgetIdentity(): void {
  cached = null;
}

/** Ends the session here and on the server, where it may have ended already, and goes to the provider to end it there. */
export async function signOut(): Promise<void> {
  cached = null;
  const ended = await fetchJson<Partial<SignedOut> | undefined>('/api/logout/', { method: 'POST' }).catch(
    (error: unknown) => {
      if (!isSessionOver(error)) throw error;
      return undefined;
    },
  );
  clearStoredSession();
  if (ended?.provider_sign_out_url !== undefined) location.assign(ended.provider_sign_out_url);
}
