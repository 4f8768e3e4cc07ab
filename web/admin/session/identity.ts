import { clearMark, readMark } from '../../chat/session/session-mark.js';
import { ask, enter } from '../api/ask.js';

/** Who is signed in. */
interface Identity {
  id: string;
  username: string;
  role: 'user' | 'admin';
}

/** Who was last found to be signed in, in which session. */
let known: { session: string; identity: Identity } | null = null;

/** Opens a session, whose secrets no script gets to see. */
export async function signIn(username: string, password: string): Promise<Identity> {
  await enter('/api/login/', { username, password });
  return whoIsSignedIn();
}

/** Makes the server's first administrator, by the secret of the link that it printed, and signs them in. */
export function becomeFirstAdministrator(
  secret: string,
  account: { username: string; password: string },
): Promise<void> {
  return enter('/api/admin/first/', { setup_token: secret, ...account });
}

/** Whether somebody is signed in, as far as this browser knows; the session is shared with the chat page. */
export function isSignedIn(): boolean {
  return readMark() !== null;
}

/** Who is signed in, asked once for each session. Rejects with status 401 when nobody is. */
export async function whoIsSignedIn(): Promise<Identity> {
  const session = readMark()?.session ?? '';
  if (known?.session !== session) known = { session, identity: await ask<Identity>('/api/me/') };
  return known.identity;
}

export function forgetIdentity(): void {
  known = null;
}

/** Ends the session here and on the server. */
export async function signOut(): Promise<void> {
  known = null;
  await ask('/api/logout/', { method: 'POST' });
  clearMark();
}
