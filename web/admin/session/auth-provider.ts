import type { AuthProvider } from 'react-admin';
import { isSessionOver } from '../api/failure.js';
import { leavePages, reportSessionEnd, showPagesOf } from './ended-session.js';
import { currentIdentity, forgetIdentity, isSignedIn, signInAsAdministrator } from './identity.js';
import { text } from '../texts/texts.js';

/**
 * Admits administrators only. `logout` ends no session: react-admin also calls it when the session has expired, and for a
 * user who is no administrator and may keep the session for chatting.
 */
export const authProvider: AuthProvider = {
  login: async ({ open }: { open: () => Promise<void> }) => {
    await signInAsAdministrator(open);
  },
  logout: () => {
    leavePages();
    forgetIdentity();
    return Promise.resolve();
  },
  checkAuth: async () => {
    if (await isAdministrator()) return;
    // The pages stay, with what was typed, below a dialog.
    if (!reportSessionEnd()) throw silentError();
  },
  // `fetchJson` has reported the end of the session already.
  checkError: () => Promise.resolve(),
  getIdentity: async () => {
    const { id, username } = await currentIdentity();
    return { id, fullName: username };
  },
  getPermissions: () => Promise.resolve(null),
};

/** Whether the signed-in user is an administrator; true if the server cannot be reached, because the page shows that. */
async function isAdministrator(): Promise<boolean> {
  if (!isSignedIn()) return false;
  try {
    const { role, username } = await currentIdentity();
    if (role === 'admin') showPagesOf(username);
    return role === 'admin';
  } catch (error) {
    return !isSessionOver(error);
  }
}

/** An error without a notification, because the sign-in page shows the reason. */
function silentError(): Error {
  return Object.assign(new Error(text('signIn.required')), { message: false });
}
