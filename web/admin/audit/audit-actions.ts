import type { AuditAction } from '../../api/api-objects.js';

interface ActionTexts {
  /** The name of the action in the filter. */
  name: string;
  /** The phrase after the account that it happened to. */
  own: string;
  /** The phrase between the account that acted and another account that it happened to. */
  toOther?: string;
}

const actions: Record<AuditAction, ActionTexts> = {
  registered: { name: 'Registered', own: 'registered' },
  account_created: { name: 'Account created', own: 'was created', toOther: 'created the account' },
  imported: { name: 'Imported', own: 'was imported', toOther: 'imported' },
  adopted: { name: 'Adopted', own: 'was adopted from another system', toOther: 'adopted' },
  signed_in: { name: 'Signed in', own: 'signed in' },
  sign_in_failed: { name: 'Sign-in failed', own: 'failed to sign in' },
  signed_out: { name: 'Signed out', own: 'signed out' },
  session_ended: { name: 'Session ended', own: 'ended a session', toOther: 'ended a session of' },
  other_sessions_ended: { name: 'Other sessions ended', own: 'ended all other sessions' },
  sessions_ended: {
    name: 'Signed out everywhere',
    own: 'was signed out everywhere',
    toOther: 'signed out everywhere:',
  },
  refresh_token_reused: {
    name: 'Refresh token reused',
    own: 'had a session ended because its refresh token was used again',
  },
  key_created: { name: 'API key created', own: 'created an API key' },
  key_removed: { name: 'API key removed', own: 'removed an API key', toOther: 'removed an API key of' },
  keys_removed: {
    name: 'All API keys removed',
    own: 'had all API keys removed',
    toOther: 'removed all API keys of',
  },
  username_changed: {
    name: 'Username changed',
    own: 'changed their username',
    toOther: 'changed the username of',
  },
  email_changed: { name: 'Email changed', own: 'changed their email', toOther: 'changed the email of' },
  email_change_requested: {
    name: 'Change of email requested',
    own: 'requested another email',
    toOther: 'requested another email for',
  },
  email_change_cancelled: {
    name: 'Change of email cancelled',
    own: 'had a requested change of the email cancelled by the former address',
  },
  email_restored: {
    name: 'Email restored',
    own: 'had the email restored by the former address and every session ended',
  },
  email_verified: { name: 'Email confirmed', own: 'confirmed their email' },
  verification_requested: { name: 'Confirmation mail requested', own: 'requested the confirmation mail' },
  password_changed: { name: 'Password changed', own: 'changed their password' },
  password_set: { name: 'Password set', own: 'set their password', toOther: 'set the password of' },
  password_reset_requested: {
    name: 'Password reset requested',
    own: 'was sent a mail to reset the password',
  },
  password_reset: { name: 'Password reset', own: 'reset their password' },
  account_exported: { name: 'Account exported', own: 'exported their account' },
  account_erased: { name: 'Account erased', own: 'was erased', toOther: 'erased' },
  account_disabled: { name: 'Account disabled', own: 'was disabled', toOther: 'disabled' },
  account_enabled: { name: 'Account enabled', own: 'was enabled', toOther: 'enabled' },
  administrator_created: {
    name: 'Administrator created',
    own: 'became an administrator',
    toOther: 'created the administrator',
  },
  administrator_appointed: {
    name: 'Administrator appointed',
    own: 'became an administrator',
    toOther: 'appointed as administrator:',
  },
  administrator_dismissed: {
    name: 'Administrator dismissed',
    own: 'is no longer an administrator',
    toOther: 'removed the administrator role of',
  },
  balance_adjusted: {
    name: 'Balance adjusted',
    own: 'had the balance adjusted',
    toOther: 'adjusted the balance of',
  },
  refund_requested: {
    name: 'Refund requested',
    own: 'had an order refunded',
    toOther: 'refunded an order of',
  },
  totp_added: { name: 'Authenticator app added', own: 'added an authenticator app' },
  totp_removed: { name: 'Authenticator app removed', own: 'removed the authenticator app' },
  passkey_added: { name: 'Passkey added', own: 'added a passkey' },
  passkey_renamed: { name: 'Passkey renamed', own: 'renamed a passkey' },
  passkey_removed: { name: 'Passkey removed', own: 'removed a passkey' },
  passkey_copy_refused: {
    name: 'Passkey refused, which may be a copy',
    own: 'used a passkey that may be a copy, and was refused',
  },
  recovery_codes_created: { name: 'Recovery codes created', own: 'created new recovery codes' },
  recovery_code_used: { name: 'Recovery code used', own: 'signed in with a recovery code' },
  second_factor_failed: { name: 'Second factor failed', own: 'failed to prove the second factor' },
  factors_reset: {
    name: 'Second factors removed',
    own: 'had all second factors removed',
    toOther: 'removed all second factors of',
  },
  allowance_changed: {
    name: 'Allowance changed',
    own: 'had the allowance changed',
    toOther: 'changed the allowance of',
  },
  identity_linked: { name: 'Identity added', own: 'added an identity' },
  identity_removed: {
    name: 'Identity removed',
    own: 'removed an identity',
    toOther: 'removed an identity of',
  },
  vouchers_created: { name: 'Vouchers created', own: 'created vouchers' },
  vouchers_ended: { name: 'Vouchers ended', own: 'ended vouchers' },
  voucher_redeemed: {
    name: 'Voucher redeemed',
    own: 'redeemed a voucher',
    toOther: 'redeemed a voucher for',
  },
  webhook_created: { name: 'Webhook endpoint created', own: 'created a webhook endpoint' },
  webhook_changed: { name: 'Webhook endpoint changed', own: 'changed a webhook endpoint' },
  webhook_removed: { name: 'Webhook endpoint removed', own: 'removed a webhook endpoint' },
  webhook_tested: { name: 'Webhook endpoint tested', own: 'tested a webhook endpoint' },
  webhook_replayed: { name: 'Webhook sent again', own: 'sent a webhook again' },
  service_key_created: { name: 'Service key created', own: 'created a service key' },
  service_key_removed: { name: 'Service key removed', own: 'removed a service key' },
  credits_spent: { name: 'Charged', own: 'was charged', toOther: 'charged' },
  hold_created: { name: 'Hold created', own: 'had tokens held', toOther: 'held tokens of' },
  hold_settled: { name: 'Hold settled', own: 'had a hold settled', toOther: 'settled a hold of' },
  hold_released: { name: 'Hold released', own: 'had a hold released', toOther: 'released a hold of' },
  cap_set: { name: 'Cap set', own: 'set a cap', toOther: 'set a cap on' },
  cap_removed: { name: 'Cap removed', own: 'removed a cap', toOther: 'removed a cap on' },
};

/** The choices of the filter by action. */
export const actionChoices = Object.entries(actions).map(([id, { name }]) => ({ id, name }));

/** Returns the phrase of an action, for a sentence of the audit log. */
export function actionPhrase(action: string, isToOther: boolean): string {
  // A server that is newer than this page may send actions that are unknown here.
  const texts = (actions as Record<string, ActionTexts | undefined>)[action];
  if (texts === undefined) return action.replaceAll('_', ' ');
  return isToOther ? (texts.toOther ?? `${texts.own}, of`) : texts.own;
}
