import type { Account, Identity, OwnFactors, SignInOptions } from './api-objects.js';
import { readSignInOptions } from './provider-sign-in.js';
import { request } from './request.js';

/** By what a signed-in user can prove their identity again. */
export interface WaysToProve {
  hasPassword: boolean;
  /** Null if they could not be read. */
  factors: OwnFactors | null;
  /** The providers at which the account has an identity. */
  providers: SignInOptions['providers'];
}

/** Reads by what the user can prove their identity again. What cannot be read is left out; the password remains. */
export async function readWaysToProve(): Promise<WaysToProve> {
  const [account, factors, identities, options] = await Promise.all([
    readOrNull<Account>('/api/me/'),
    readOrNull<OwnFactors>('/api/me/factors/'),
    readOrNull<{ results: Identity[] }>('/api/me/identities/'),
    readSignInOptions().catch(() => null),
  ]);
  const issuers = new Set(identities?.results.map(({ issuer }) => issuer));
  return {
    hasPassword: account?.has_password ?? true,
    factors,
    providers: options?.providers.filter(({ issuer }) => issuers.has(issuer)) ?? [],
  };
}

async function readOrNull<Body>(path: string): Promise<Body | null> {
  try {
    return (await (await request(path)).json()) as Body;
  } catch {
    return null;
  }
}
