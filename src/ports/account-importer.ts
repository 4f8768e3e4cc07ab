import type { Role, UserStatus } from '../domain/users/user.js';

/** All that comes of one account of another system. */
export interface ImportedAccount {
  /** SHA-256, in hexadecimal, of what the account is known by where it comes from. */
  sourceDigest: string;
  user: {
    id: string;
    username: string;
    usernameKey: string;
    email: string | null;
    emailKey: string | null;
    /** As `ForeignHashes` adopted it. */
    passwordHash: string;
    role: Role;
    status: UserStatus;
    /** Null: now. */
    createdAt: Date | null;
  };
  /** The first entry of the account's ledger; an amount of 0 opens an empty balance, with no entry. */
  openingGrant: { entryId: string; amount: number };
  /** Its history, with the status `imported`: nothing was held or charged for it here. */
  exchanges: readonly ImportedExchange[];
  /** Auth tokens that the other system issued; each goes on as the access token of a session of its own. */
  authTokens: readonly ImportedAuthToken[];
  /** How long those go on working. */
  accessTtlMs: number;
}

/** A message and its reply that another system kept. */
export interface ImportedExchange {
  id: string;
  message: string;
  reply: string | null;
  createdAt: Date;
}

/** An auth token that names no user: it is known by its digest alone. */
export interface ImportedAuthToken {
  sessionId: string;
  pairId: string;
  /** SHA-256 of the whole secret, in hexadecimal. */
  digest: string;
  /** Null: now. */
  createdAt: Date | null;
}

/** What became of an account that was to be brought in. */
export type ImportAccountOutcome =
  | 'imported'
  /** Nothing was written: an account of this source came before, even if it was erased since. */
  | 'already_imported'
  /** Nothing was written: what is named belongs to another account; an auth token may also be there twice. */
  | 'username_taken'
  | 'email_taken'
  | 'auth_token_taken';

/** Takes in accounts of another system. */
export interface AccountImporter {
  /** Whether an account of this source came before. */
  hasImported(sourceDigest: string): Promise<boolean>;
  /**
   * Atomic: the account, its balance with the entry of its opening grant, its history and its auth tokens exist
   * together, and its source is remembered; or none of it. Of two imports of one source at once one brings it.
   */
  importAccount(account: ImportedAccount): Promise<ImportAccountOutcome>;
}
