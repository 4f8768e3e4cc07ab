import { emailKey, usernameKey } from '../users/user.js';
import type { NamedAccount } from './account-source.js';

/** Who of one source is the first with a name. */
export interface SourceNames {
  /** Claims the account's names; answers why those cannot be its own that an earlier account has, come or not. */
  add(account: Pick<NamedAccount, 'identity' | 'label' | 'username' | 'email'>): string[];
  /** Returns whether no account before has this username. */
  isFree(username: string): boolean;
}

interface FirstClaim {
  identity: string;
  label: string;
}

/** Claims of a source that allows what we do not: two accounts with one email, or with names of one spelling. */
export function createSourceNames(): SourceNames {
  const byUsername = new Map<string, FirstClaim>();
  const byEmail = new Map<string, FirstClaim>();
  return {
    isFree: (username) => !byUsername.has(usernameKey(username)),
    add: ({ identity, label, username, email }) => {
      const claimIn = (claims: Map<string, FirstClaim>, key: string): string | null => {
        const first = claims.get(key);
        if (first === undefined) claims.set(key, { identity, label });
        return first === undefined || first.identity === identity ? null : first.label;
      };
      const sameUsername = claimIn(byUsername, usernameKey(username));
      const sameEmail = email === null ? null : claimIn(byEmail, emailKey(email));
      return [
        ...(sameUsername === null ? [] : [`username: Is that of ${sameUsername} too.`]),
        ...(sameEmail === null ? [] : [`email: Is that of ${sameEmail} too.`]),
      ];
    },
  };
}
