import type { Route } from '../kit/define-route.js';
import * as apiKeys from './api-keys.js';
import { readBalance } from './balance.js';
import * as caps from './caps.js';
import * as email from './email.js';
import { eraseAccount } from './erase-account.js';
import { exportAccount } from './export.js';
import { listEntries } from './ledger-entries.js';
import { listLots } from './lots.js';
import { login } from './login.js';
import * as notifications from './notifications.js';
import * as password from './password.js';
import * as profile from './profile.js';
import { register } from './register.js';
import * as sessions from './sessions.js';
import * as factors from './factors.js';
import * as passkeys from './passkeys.js';
import * as proof from './proof.js';
import * as secondFactor from './second-factor.js';
import { readStatement } from './statement.js';
import { redeemVoucher } from './vouchers.js';

/** What callers do with their own accounts. */
export const accountRoutes: readonly Route[] = [
  register,
  login,
  secondFactor.completeLogin,
  secondFactor.setUpTotpAtLogin,
  secondFactor.confirmTotpAtLogin,
  secondFactor.setUpPasskeyAtLogin,
  secondFactor.addPasskeyAtLogin,
  passkeys.requestPasskeyLogin,
  passkeys.loginByPasskey,
  factors.readFactors,
  factors.setUpTotp,
  factors.confirmTotp,
  factors.removeTotp,
  factors.replaceRecoveryCodes,
  passkeys.setUpPasskey,
  passkeys.addPasskey,
  passkeys.renamePasskey,
  passkeys.removePasskey,
  proof.proveIdentity,
  proof.requestPasskeyProof,
  profile.readProfile,
  profile.changeProfile,
  eraseAccount,
  exportAccount,
  password.changePassword,
  password.requestPasswordReset,
  password.resetPassword,
  email.requestVerification,
  email.verifyEmail,
  email.cancelEmailChange,
  sessions.refreshSession,
  sessions.logout,
  sessions.listSessions,
  sessions.endOtherSessions,
  sessions.endSession,
  apiKeys.createKey,
  apiKeys.listKeys,
  apiKeys.removeKey,
  caps.listCaps,
  caps.setCap,
  caps.removeCap,
  notifications.readNotifications,
  notifications.changeNotifications,
  readBalance,
  listEntries,
  listLots,
  readStatement,
  redeemVoucher,
];
