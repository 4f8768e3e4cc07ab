import { expect, test } from 'vitest';
import { classSize, registerAndSignIn } from './class-sign-in.js';
import { storagePerTest } from './storage.js';

const storage = storagePerTest('embedded');

/** A quarter of the default hashing work, and a shorter queue. */
const reducedSettings = { BCRYPT_COST: '10', SIGN_IN_QUEUE: '3s' };

test('fifty users with different addresses register at the same time and sign in at the same time', async () => {
  const { registered, signedIn } = await registerAndSignIn(storage(), reducedSettings);
  expect(registered.statuses).toEqual({ 201: classSize });
  expect(signedIn.statuses).toEqual({ 200: classSize });
});
