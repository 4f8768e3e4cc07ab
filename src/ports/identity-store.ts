import type { Identity, IdentityName } from '../domain/identities/identity.js';
import type { CreateUserOutcome, NewUser, UserCredentials } from './user-store.js';

/** An identity to store. */
export interface NewIdentity extends IdentityName {
  id: string;
  label: string | null;
}

/** `identity_taken`: an account has this identity already, perhaps since a moment ago. Nothing was created. */
export type CreateIdentifiedOutcome = CreateUserOutcome | { outcome: 'identity_taken' };

/**
 * `linked`: the account has the identity, perhaps already before. `identity_taken`: another account has it. `missing`: the
 * account does not exist or is disabled.
 */
export type LinkOutcome = 'linked' | 'identity_taken' | 'too_many' | 'missing';

/** `last`: nothing was removed, since no identity of the required issuers would remain. */
export type UnlinkOutcome = 'removed' | 'last' | 'missing';

/** Identities of accounts at providers. An identity belongs to one account at most. */
export interface IdentityStore {
  /** Returns the account that has an identity, also a disabled one; null if none has it. */
  findAccount(name: IdentityName): Promise<UserCredentials | null>;
  /**
   * Atomic: creates an account as `UserStore.create` does, and its identity; its email, if there is one, is verified. Of any
   * number of parallel calls with one issuer and subject, one creates an account.
   */
  createAccount(user: NewUser, identity: NewIdentity): Promise<CreateIdentifiedOutcome>;
  /** Atomic: adds an identity to an account, unless it has `max` identities. Of parallel calls with one issuer and subject, one account gets it. */
  link(link: { userId: string; identity: NewIdentity; max: number }): Promise<LinkOutcome>;
  /** Records that an identity was used, and what its provider calls the person now. */
  recordUse(use: IdentityName & { label: string | null }): Promise<void>;
  /**
   * Atomic: gives an account that has no email, and none pending, a verified one. Returns false, and changes nothing, if the
   * account has an email, or another account has this one.
   */
  fillEmail(fill: { userId: string; email: string; emailKey: string }): Promise<boolean>;
  /** Returns the identities of an account, the oldest first. */
  identities(userId: string): Promise<Identity[]>;
  /**
   * Atomic: removes an identity of an account. Of parallel removals of its last two identities, one removes nothing.
   *
   * @param removal.requiredIssuers The account must keep an identity of one of these issuers; null if it need not keep any.
   */
  remove(removal: {
    userId: string;
    identityId: string;
    requiredIssuers: readonly string[] | null;
  }): Promise<UnlinkOutcome>;
}
