import { defaultLanguage, type Language } from '../mails/language.js';
import type { AuditDetails } from './audit-details.js';

/** Where a request came from, as far as the server knows. */
export interface Origin {
  /** The IP address of the client. */
  address: string | null;
  userAgent: string | null;
  /** The id of the request in the log, for later lines about it. Not stored in the audit log. */
  requestId?: string;
  /** The language that the client prefers, for mails to the person who sends the request. Not stored in the audit log. */
  language?: Language;
}

/**
 * The origin of a call that came over no network, or whose origin is unknown.
 *
 * @example
 * ```ts
 * import { unknownOrigin } from 'metered-chat';
 *
 * await core.auth.requestReset({ email: 'jane@example.org', origin: unknownOrigin });
 * ```
 */
export const unknownOrigin: Origin = { address: null, userAgent: null };

/** Returns an origin for mails to another person than the one who sends the request, whose language is not known. */
export function toAnotherPerson(origin: Origin): Origin {
  return { ...origin, language: defaultLanguage };
}

/** Every audit action. New ones are added; none is renamed. */
export const auditActions = [
  'registered',
  'account_created',
  'imported',
  'adopted',
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'session_ended',
  'other_sessions_ended',
  'sessions_ended',
  'refresh_token_reused',
  'key_created',
  'key_removed',
  'keys_removed',
  'username_changed',
  'email_changed',
  'email_change_requested',
  'email_change_cancelled',
  'email_restored',
  'email_verified',
  'verification_requested',
  'password_changed',
  'password_set',
  'password_reset_requested',
  'password_reset',
  'account_exported',
  'account_erased',
  'account_disabled',
  'account_enabled',
  'administrator_created',
  'administrator_appointed',
  'administrator_dismissed',
  'balance_adjusted',
  'service_key_created',
  'service_key_removed',
  'cap_set',
  'cap_removed',
  'credits_spent',
  'hold_created',
  'hold_settled',
  'hold_released',
  'allowance_changed',
  'webhook_created',
  'webhook_changed',
  'webhook_removed',
  'webhook_tested',
  'webhook_replayed',
  'vouchers_created',
  'vouchers_ended',
  'voucher_redeemed',
  'refund_requested',
  'identity_linked',
  'identity_removed',
  'totp_added',
  'totp_removed',
  'passkey_added',
  'passkey_renamed',
  'passkey_removed',
  'passkey_copy_refused',
  'recovery_codes_created',
  'recovery_code_used',
  'second_factor_failed',
  'factors_reset',
] as const;

/** What can happen to an account. New actions are added; none is renamed. */
export type AuditAction = (typeof auditActions)[number];

/** Something that happened to an account, or was attempted. Contains no secret and no text of a chat. */
export interface AuditEvent {
  /** UUIDv7. */
  id: string;
  action: AuditAction;
  /** The account that it happened to; null if no account has the submitted name. */
  userId: string | null;
  /** The account that did it; null if no account was signed in, or if it was a service key or the operator. */
  actorId: string | null;
  /** The service key that did it; null if it was none. */
  serviceKeyId: string | null;
  /** The session, key, cap, hold, order, batch of vouchers or ledger entry that it is about. */
  subjectId: string | null;
  /** What changed, by how much and why; null if there is no more to say, or the account was erased. */
  details: AuditDetails | null;
  origin: Origin;
  createdAt: Date;
}
