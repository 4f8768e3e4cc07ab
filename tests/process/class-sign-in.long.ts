import { afterAll, afterEach, expect, test } from 'vitest';
import { classSize, registerAndSignIn } from './class-sign-in.js';
import { removeDataFolders } from './data-folder.js';
import { killLeftovers } from './server-process.js';
import { storageOn, type Storage } from './storage.js';

/** What a class may wait on two cores. */
const maxWaitMs = 15_000;

const defaults = { BCRYPT_COST: '12', SIGN_IN_QUEUE: '10s' };

let storage: Storage;

afterEach(async () => {
  await killLeftovers();
  await storage.remove();
});

afterAll(removeDataFolders);

test.each(['embedded', 'PostgreSQL'] as const)(
  'fifty people register and sign in at once within 15 seconds each (%s)',
  async (engine) => {
    storage = await storageOn(engine);
    const { registered, signedIn } = await registerAndSignIn(storage, defaults);
    console.log(
      `the last of ${classSize}: ${registered.lastMs} ms to register, ${signedIn.lastMs} ms to sign in`,
    );
    expect(registered.statuses).toEqual({ 201: classSize });
    expect(signedIn.statuses).toEqual({ 200: classSize });
    expect(Math.max(registered.lastMs, signedIn.lastMs)).toBeLessThan(maxWaitMs);
  },
);
