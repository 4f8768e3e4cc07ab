import { login, newAccountResponse } from '../../account/account-routes.js';
import { messageResponse } from '../response-fields.js';
import { balanceResponse, entryResponse } from '../../account/ledger-routes.js';
import { exportResponse, profile, userResponse } from '../../account/me-routes.js';
import { registration } from '../../account/new-account-fields.js';
import { problemResponse } from '../problem.js';
import { openedSessionResponse } from '../../account/session-cookies.js';
import { sessionResponse } from '../../account/session-routes.js';

/** The schemas that stand under a name of their own in the document, and so in clients that are made from it. */
export const namedSchemas = {
  Problem: problemResponse,
  Registration: registration,
  Login: login,
  NewAccount: newAccountResponse,
  OpenedSession: openedSessionResponse,
  Message: messageResponse,
  User: userResponse,
  ProfileChange: profile,
  AccountExport: exportResponse,
  Session: sessionResponse,
  Balance: balanceResponse,
  Entry: entryResponse,
};
