import type { Role, UserStatus } from '../users/user.js';

/** An account as another system knew it. */
export interface SourceAccount {
  /** Tells it from every other account of any source, and stays the same whenever it is read. */
  identity: string;
  /** What it is called in reports, on one line. */
  label: string;
  /** Null if it is known by its email only: a username is then made of that. */
  username: string | null;
  email: string | null;
  /** As the other system encoded it. */
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

/** Something that cannot be taken in, with every reason. */
export interface Rejection {
  label: string;
  reasons: string[];
}

/** One account of a source; or one that cannot be read, or something that belongs to none. */
export type SourceRecord =
  | { outcome: 'read'; account: SourceAccount }
  | ({ outcome: 'unreadable'; identity: string | null } & Rejection);

/** What a source holds. `notes` say what was recognised and what was left aside. */
export type SourceReading =
  | { outcome: 'read'; records: Iterable<SourceRecord>; notes: string[] }
  | { outcome: 'rejected'; reasons: string[] };
