import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { classSize, registerAndSignIn } from './class-sign-in.js';
import { removeDataFolders } from './data-folder.js';
import { killLeftovers } from './server-process.js';
import { storageOn, type Storage } from './storage.js';

let storage: Storage;

beforeEach(async () => {
  storage = await storageOn('embedded');
});

afterEach(async () => {
  await killLeftovers();
  await storage.remove();
});

afterAll(removeDataFolders);

/** Of the work and of the queue that there are by default. */
const aQuarter = { BCRYPT_COST: '10', SIGN_IN_QUEUE: '3s' };

test('fifty people, each from an address of their own, register at once and sign in at once', async () => {
  const { registered, signedIn } = await registerAndSignIn(storage, aQuarter);
  expect(registered.statuses).toEqual({ 201: classSize });
  expect(signedIn.statuses).toEqual({ 200: classSize });
});
