import type { Role, UserStatus } from '../domain/users/user.js';

/** An account of another system, with everything that is imported of it. */
export interface ImportedAccount {
  /** SHA-256, in hexadecimal, of the identity of the account in its source. */
  sourceDigest: string;
  user: {
    id: string;
    username: string;
    usernameKey: string;
    email: string | null;
    emailKey: string | null;
    /** In the form that `ForeignHashes.adopt` returned. */
    passwordHash: string;
    role: Role;
    status: UserStatus;
    /** Null means now. */
    createdAt: Date | null;
  };
  /** The first entry of the account's ledger; an amount of 0 opens an empty balance, with no entry. */
  openingGrant: { entryId: string; amount: number };
  /** Its history, with the status `imported`: nothing is held or charged for it. */
  exchanges: readonly ImportedExchange[];
  /** Auth tokens of the other system; each becomes the access token of a session of its own. */
  authTokens: readonly ImportedAuthToken[];
  /** How long those auth tokens are valid, in milliseconds. */
  accessTtlMs: number;
}

/** A message and its reply from another system. */
export interface ImportedExchange {
  id: string;
  message: string;
  reply: string | null;
  createdAt: Date;
}

/** An auth token that contains no user id: it is looked up by its digest alone. */
export interface ImportedAuthToken {
  sessionId: string;
  pairId: string;
  /** SHA-256 of the whole secret, in hexadecimal. */
  digest: string;
  /** Null means now. */
  createdAt: Date | null;
}

/** The result of an import. */
export type ImportAccountOutcome =
  | 'imported'
  /** Nothing was written: an account with this source digest was imported before, even if it has been erased since. */
  | 'already_imported'
  /** Nothing was written: another account has the name or auth token, or the account has the same auth token twice. */
  | 'username_taken'
  | 'email_taken'
  | 'auth_token_taken';

/** Imports accounts of another system. */
export interface AccountImporter {
  /** Returns true if an account with this source digest was imported before. */
  hasImported(sourceDigest: string): Promise<boolean>;
  /**
   * Atomic: the account, its balance with the entry of its opening grant, its history and its auth tokens exist, and its source
   * digest is stored; or nothing is written. Of two parallel imports with the same source digest, one imports the account.
   */
  importAccount(account: ImportedAccount): Promise<ImportAccountOutcome>;
}
