import { ask, askOpenly } from '../api/ask.js';
import { forgetSession, markSession, sessionState } from '../api/session-mark.js';

/** Who is signed in. */
export interface Identity {
  id: string;
  username: string;
  role: 'user' | 'admin';
}

let known: Identity | null = null;

/** Opens a session, whose secrets no script gets to see. */
export async function signIn(username: string, password: string): Promise<Identity> {
  known = null;
  markSession(await askOpenly('/api/login/', { username, password, cookie: true }));
  return whoIsSignedIn();
}

/** Who is signed in, asked once. Rejects with status 401 when nobody is. */
export async function whoIsSignedIn(): Promise<Identity> {
  if (known === null || sessionState() === 'none') known = await ask<Identity>('/api/me/');
  return known;
}

/** Who is known to be signed in; null for nobody, or nobody yet. */
export function knownIdentity(): Identity | null {
  return known;
}

export function forgetIdentity(): void {
  known = null;
}

/** Ends the session here and on the server. */
export async function signOut(): Promise<void> {
  known = null;
  try {
    await ask('/api/logout/', { method: 'POST' });
  } finally {
    forgetSession();
  }
}
