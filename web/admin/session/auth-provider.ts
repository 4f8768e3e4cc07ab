import { HttpError, type AuthProvider } from 'react-admin';
import { codeOf } from '../api/problem.js';
import { forgetIdentity, isSignedIn, signIn, signOut, whoIsSignedIn } from './identity.js';

/**
 * Lets administrators in and nobody else. `logout` only forgets: it also runs when a session has ended by itself, or is
 * one of somebody who is no administrator but may go on chatting with it.
 */
export const authProvider: AuthProvider = {
  login: async ({ username, password }: { username: string; password: string }) => {
    const identity = await signIn(username, password);
    if (identity.role === 'admin') return;
    await signOut();
    throw new Error(`${identity.username} is not an administrator. This page is for administrators only.`);
  },
  logout: () => {
    forgetIdentity();
    return Promise.resolve();
  },
  checkAuth: async () => {
    if (!isSignedIn()) throw silence();
    const { role } = await whoIsSignedIn().catch((error: unknown) => {
      // Nobody is sent away for a server that cannot be reached: what the page shows will say so.
      if (error instanceof HttpError && error.status === 401) throw silence();
      return { role: 'admin' };
    });
    if (role !== 'admin') throw silence();
  },
  checkError: (error: unknown) => {
    const isOver = error instanceof HttpError && error.status === 401;
    if (!isOver && codeOf(error) !== 'admin_required') return Promise.resolve();
    forgetIdentity();
    return Promise.reject(silence());
  },
  getIdentity: async () => {
    const { id, username } = await whoIsSignedIn();
    return { id, fullName: username };
  },
  getPermissions: () => Promise.resolve(null),
};

/** The sign-in page says what there is to say. */
function silence(): Error {
  return Object.assign(new Error('Sign in.'), { message: false });
}
