import type { Role, UserStatus } from '../users/user.js';

/** An account of another system. */
export interface SourceAccount {
  /** Unique among the accounts of all sources, and the same each time that the source is read. */
  identity: string;
  /** The name of the account in reports, on one line. */
  label: string;
  /** Null if it has only an email, from which a username is then derived. */
  username: string | null;
  email: string | null;
  /** In the encoding of the other system. */
  passwordHash: string;
  role: Role;
  status: UserStatus;
  createdAt: Date | null;
  /** Credits. */
  balance: number;
  chats: readonly SourceChat[];
  authTokens: readonly SourceAuthToken[];
}

/** An account that has a username. */
export type NamedAccount = SourceAccount & { username: string };

export interface SourceChat {
  label: string;
  message: string;
  reply: string | null;
  createdAt: Date;
}

export interface SourceAuthToken {
  secret: string;
  createdAt: Date | null;
}

/** A record that cannot be imported, with every reason. */
export interface Rejection {
  label: string;
  reasons: string[];
}

/** An account of a source, or a record that cannot be read as one. */
export type SourceRecord =
  | { outcome: 'read'; account: SourceAccount }
  | ({ outcome: 'unreadable'; identity: string | null } & Rejection);

/** The content of a source. `notes` say what was recognised and what was ignored. */
export type SourceReading =
  | { outcome: 'read'; records: Iterable<SourceRecord>; notes: string[] }
  | { outcome: 'rejected'; reasons: string[] };
