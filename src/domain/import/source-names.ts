import { emailKey, usernameKey } from '../users/user.js';
import type { NamedAccount } from './account-source.js';

/** The names of the accounts of one source that were read so far. */
export interface SourceNames {
  /** Adds the account's names; returns a reason for each that an earlier account of the source has, imported or not. */
  add(account: Pick<NamedAccount, 'identity' | 'label' | 'username' | 'email'>): string[];
  /** Returns true if no account so far has this username. */
  isFree(username: string): boolean;
}

interface FirstAccount {
  identity: string;
  label: string;
}

/** Finds accounts of one source that have the same email, or usernames that differ only in case. */
export function createSourceNames(): SourceNames {
  const byUsername = new Map<string, FirstAccount>();
  const byEmail = new Map<string, FirstAccount>();
  return {
    isFree: (username) => !byUsername.has(usernameKey(username)),
    add: ({ identity, label, username, email }) => {
      const addTo = (accounts: Map<string, FirstAccount>, key: string): string | null => {
        const first = accounts.get(key);
        if (first === undefined) accounts.set(key, { identity, label });
        return first === undefined || first.identity === identity ? null : first.label;
      };
      const sameUsername = addTo(byUsername, usernameKey(username));
      const sameEmail = email === null ? null : addTo(byEmail, emailKey(email));
      return [
        ...(sameUsername === null ? [] : [`username: Is also the username of ${sameUsername}.`]),
        ...(sameEmail === null ? [] : [`email: Is also the email of ${sameEmail}.`]),
      ];
    },
  };
}
