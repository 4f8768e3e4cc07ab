import { describe, expect, test } from 'vitest';
import { classSize, registerAndSignIn } from './class-sign-in.js';
import { storagePerTest } from './storage.js';

/** The maximum on two cores that nothing else uses. */
const maxWaitMs = 15_000;

const defaults = { BCRYPT_COST: '12', SIGN_IN_QUEUE: '10s' };

describe.each(['embedded', 'PostgreSQL'] as const)('on %s', (engine) => {
  const storage = storagePerTest(engine);

  test('fifty users register at the same time within 15 seconds, and sign in within 15 seconds', async () => {
    const { registered, signedIn } = await registerAndSignIn(storage(), defaults);
    console.log(
      `the last of ${classSize}: ${registered.lastMs} ms to register, ${signedIn.lastMs} ms to sign in; on an idle ` +
        `machine ${registered.idleMachineMs} and ${signedIn.idleMachineMs} ms`,
    );
    expect(registered.statuses).toEqual({ 201: classSize });
    expect(signedIn.statuses).toEqual({ 200: classSize });
    expect(Math.max(registered.idleMachineMs, signedIn.idleMachineMs)).toBeLessThan(maxWaitMs);
  });
});
