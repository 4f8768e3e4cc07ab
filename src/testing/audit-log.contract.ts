import { expect } from 'expect';
import type { AuditDetails } from '../domain/audit/audit-details.js';
import type { AuditAction } from '../domain/audit/audit-event.js';
import { delicateTexts, newId } from './accounts.js';
import { openedHarness, type OpenStoreHarness } from './store-harness.js';
import type { TestRunner } from './test-runner.js';

/**
 * Runs the contract of `AuditLog` against an adapter.
 *
 * @param runner The functions of the test runner.
 * @param name The name of the adapter, for the names of the tests.
 * @param openHarness Opens the adapter that is tested.
 * @example
 * ```ts
 * import { afterAll, beforeAll, describe, test } from 'vitest';
 * import { auditLogContract } from 'metered-chat/testing';
 *
 * auditLogContract({ afterAll, beforeAll, describe, test }, 'my database', openHarness);
 * ```
 */
export function auditLogContract(runner: TestRunner, name: string, openHarness: OpenStoreHarness): void {
  const { describe, test } = runner;
  describe(`audit log: ${name}`, () => {
    const harness = openedHarness(runner, openHarness);

    async function record(
      action: AuditAction,
      userId: string | null,
      { userAgent = null, details = null }: { userAgent?: string | null; details?: AuditDetails | null } = {},
    ) {
      const event = {
        id: newId(),
        action,
        userId,
        actorId: userId,
        serviceKeyId: newId(),
        subjectId: newId(),
        details,
        origin: { address: '2001:db8::7', userAgent },
      };
      const origin = { ...event.origin, requestId: newId() };
      await harness().stores.auditLog.record({ ...event, origin });
      return event;
    }

    test('an event is stored completely, with its time and without the id of its request', async () => {
      const userId = newId();
      const event = await record('signed_in', userId, { userAgent: 'a browser' });
      const { results } = await harness().stores.auditLog.events(userId, { limit: 10, before: null });
      expect(results).toEqual([{ ...event, createdAt: expect.any(Date) }]);
    });

    test("an account's events are listed newest first, in pages, without those of other accounts", async () => {
      const userId = newId();
      const events = [await record('registered', userId), await record('signed_in', userId)];
      await record('signed_in', newId());
      await record('sign_in_failed', null);
      events.push(await record('signed_out', userId));
      const { auditLog } = harness().stores;
      const first = await auditLog.events(userId, { limit: 2, before: null });
      expect(first.results.map(({ id }) => id)).toEqual([events[2]?.id, events[1]?.id]);
      const second = await auditLog.events(userId, { limit: 2, before: first.next });
      expect(second.results.map(({ id }) => id)).toEqual([events[0]?.id]);
      expect(second.next).toBeNull();
    });

    for (const reason of delicateTexts) {
      test(`what an event changed is stored unchanged: ${JSON.stringify(reason)}`, async () => {
        const userId = newId();
        const changes = [
          { field: 'balance', before: 0, after: Number.MAX_SAFE_INTEGER },
          { field: 'username', before: reason, after: null },
          { field: 'is_enabled', before: true, after: false },
        ];
        const { details } = await record('balance_adjusted', userId, {
          details: { amount: -12, reason, changes },
        });
        const { results } = await harness().stores.auditLog.events(userId, { limit: 1, before: null });
        expect(results[0]?.details).toEqual(details);
      });
    }

    for (const userAgent of delicateTexts) {
      test(`a user agent is stored unchanged: ${JSON.stringify(userAgent)}`, async () => {
        const userId = newId();
        await record('signed_in', userId, { userAgent });
        const { results } = await harness().stores.auditLog.events(userId, { limit: 1, before: null });
        expect(results[0]?.origin.userAgent).toBe(userAgent);
      });
    }
  });
}
