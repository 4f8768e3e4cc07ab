import { HttpError, type AuthProvider } from 'react-admin';
import { failureCode } from '../api/failure.js';
import { forgetIdentity, isSignedIn, signIn, signOut, currentIdentity } from './identity.js';

/**
 * Admits administrators only. `logout` ends no session: react-admin also calls it when the session has expired, and for a
 * user who is no administrator and may keep the session for chatting.
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
    if (!isSignedIn()) throw silentError();
    const { role } = await currentIdentity().catch((error: unknown) => {
      // If the server cannot be reached, the user stays on the page, which shows the error.
      if (error instanceof HttpError && error.status === 401) throw silentError();
      return { role: 'admin' };
    });
    if (role !== 'admin') throw silentError();
  },
  checkError: (error: unknown) => {
    const isOver = error instanceof HttpError && error.status === 401;
    if (!isOver && failureCode(error) !== 'admin_required') return Promise.resolve();
    forgetIdentity();
    return Promise.reject(silentError());
  },
  getIdentity: async () => {
    const { id, username } = await currentIdentity();
    return { id, fullName: username };
  },
  getPermissions: () => Promise.resolve(null),
};

/** An error without a notification, because the sign-in page shows the reason. */
function silentError(): Error {
  return Object.assign(new Error('Sign in.'), { message: false });
}
