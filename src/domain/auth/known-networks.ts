import type { KnownNetwork, KnownNetworkStore } from '../../ports/known-network-store.js';
import type { Secrets } from '../../ports/secrets.js';
import { networkOf } from '../limits/network.js';

export interface KnownNetworkDeps {
  knownNetworkStore: Pick<KnownNetworkStore, 'remember' | 'isKnown'>;
  secrets: Pick<Secrets, 'digest'>;
}

/** How long a network stays known after the last sign-in from it. */
export const knownNetworkTtlMs = 90 * 24 * 60 * 60 * 1000;

/** How many networks are remembered for each account. */
const maxKnownNetworks = 20;

/**
 * Remembers that the owner of an account signed in from the network of `address`, so that wrong guesses from elsewhere do not
 * lock them out there. Does nothing without an address.
 */
export async function rememberNetwork(
  deps: KnownNetworkDeps,
  owner: { userId: string; address: string | null },
): Promise<void> {
  const network = knownNetwork(deps, owner);
  if (network !== null) await deps.knownNetworkStore.remember(network, maxKnownNetworks);
}

/** Returns true if the owner of the account signed in from the network of `address` in the last 90 days. */
export async function isKnownNetwork(
  deps: KnownNetworkDeps,
  owner: { userId: string; address: string | null },
): Promise<boolean> {
  const network = knownNetwork(deps, owner);
  return network !== null && (await deps.knownNetworkStore.isKnown(network, knownNetworkTtlMs));
}

function knownNetwork(
  { secrets }: Pick<KnownNetworkDeps, 'secrets'>,
  { userId, address }: { userId: string; address: string | null },
): KnownNetwork | null {
  const network = networkOf(address);
  return network === null
    ? null
    : { userId, digest: secrets.digest(JSON.stringify(['network', userId, network])) };
}
