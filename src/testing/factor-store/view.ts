import { expect } from 'expect';
import type { NewPasskey } from '../../ports/passkey-store.js';
import { createAccount, newDigest, newId } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

/** The step of the code by which an authenticator app is confirmed in the tests. */
export const firstStep = 58_000_000;

/** What the suites of `FactorStore` and `PasskeyStore` share; the harness is open only while tests run. */
export type FactorView = ReturnType<typeof factorView>;

/** Returns ten digests of recovery codes that are used nowhere else. */
export function newRecoveryDigests(): string[] {
  return Array.from({ length: 10 }, newDigest);
}

/** Returns what the suites of `FactorStore` and `PasskeyStore` share. */
export function factorView(runner: TestRunner, harness: () => StoreHarness) {
  const factorStore = () => harness().stores.factorStore;
  const passkeyStore = () => harness().stores.passkeyStore;
  const newPasskey = (userId: string, overrides: Partial<NewPasskey> = {}): NewPasskey => ({
    ...{ userId, id: newId(), name: 'Phone', credentialId: `credential-${newId()}`, publicKey: 'cHVibGlj' },
    ...{ counter: 0, transports: ['internal'], isBackedUp: false, maxPasskeys: 20 },
    ...{ recoveryDigests: newRecoveryDigests(), mustBeFirst: false },
    ...overrides,
  });
  return {
    runner,
    harness,
    factorStore,
    passkeyStore,
    newPasskey,
    account: () => createAccount(harness().stores, 0),
    /** Sets up an authenticator app without confirming it; returns its secret. */
    startTotp: async (userId: string) => {
      const sealedSecret = `sealed-${newId()}`;
      expect(await factorStore().startTotp({ userId, sealedSecret })).toBe(true);
      return sealedSecret;
    },
    /** Confirms the secret that is being set up, by the code of `firstStep`. */
    confirm: (
      userId: string,
      sealedSecret: string,
      overrides: { recoveryDigests?: readonly string[]; mustBeFirst?: boolean } = {},
    ) =>
      factorStore().confirmTotp({
        ...{ userId, sealedSecret, step: firstStep, recoveryDigests: [], mustBeFirst: false },
        ...overrides,
      }),
    /** Adds a passkey; returns its id. */
    addPasskey: async (userId: string, overrides: Partial<NewPasskey> = {}) => {
      const passkey = newPasskey(userId, overrides);
      expect(await passkeyStore().add(passkey)).toMatchObject({ outcome: 'added' });
      return passkey.id;
    },
  };
}
