/** Where a request came from, as far as the server can tell. */
export interface Origin {
  /** The IP address of the client. */
  address: string | null;
  userAgent: string | null;
  /** What the request is called in the log, for what is logged of it later on; the audit log does not keep it. */
  requestId?: string;
}

/** Where a request came from that nobody can tell anything about. */
export const unknownOrigin: Origin = { address: null, userAgent: null };

/** What can happen to an account. Added to, never renamed. */
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
] as const;

/** What can happen to an account. Added to, never renamed. */
export type AuditAction = (typeof auditActions)[number];

/** Something that happened to an account, or was tried. Holds no secret and no text of a chat. */
export interface AuditEvent {
  /** UUIDv7. */
  id: string;
  action: AuditAction;
  /** The account that it happened to; null when no account has the name that was tried. */
  userId: string | null;
  /** The account that did it; null if no account was signed in, or if it was the operator. */
  actorId: string | null;
  /** The session, key or ledger entry that it is about. */
  subjectId: string | null;
  origin: Origin;
  createdAt: Date;
}
