import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { operatorCaller } from '../../../../src/domain/auth/caller.js';
import { isSound } from '../../../../src/domain/ledger/invariants.js';
import type { OpenedEngine } from '../api-suites.js';
import { testApi } from '../test-api.js';

/** The state that all the other suites leave behind. */
export function finalStateSuite(engine: OpenedEngine): void {
  describe('after all suites', () => {
    test('no secret that was issued or sent is in the database, only digests', async () => {
      const { secrets } = engine();
      const stored = await engine().dump();
      const [accessSecret] = [...secrets].filter((secret) => secret.startsWith('mca_'));
      expect(secrets.size).toBeGreaterThan(50);
      expect(stored).toContain(
        createHash('sha256')
          .update(accessSecret ?? '')
          .digest('hex'),
      );
      expect([...secrets].filter((secret) => stored.includes(secret))).toEqual([]);
    });

    test('no secret that was issued or sent is in the log', () => {
      const { secrets, logLines } = engine();
      const log = logLines.join('\n');
      expect(logLines.length).toBeGreaterThan(50);
      expect([...secrets].filter((secret) => log.includes(secret))).toEqual([]);
    });

    test('no message text is in the log', () => {
      expect(engine().logLines.filter((line) => /my message|their message|My secret/.test(line))).toEqual([]);
    });

    test('the ledger is sound and no hold is open', async () => {
      const report = await testApi(engine()).core.ledger.audit({ caller: operatorCaller });
      expect(report).toMatchObject({ overdueHolds: 0 });
      expect(isSound(report), JSON.stringify(report)).toBe(true);
    });
  });
}
