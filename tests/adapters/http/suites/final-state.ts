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
      const digest = createHash('sha256')
        .update(accessSecret ?? '')
        .digest('hex');
      // What is stored is found the way that secrets are.
      expect(foundIn(stored, new Set([digest, ...secrets]))).toEqual([digest]);
    });

    test('no secret that was issued or sent is in the log', () => {
      const { secrets, logLines } = engine();
      const log = logLines.join('\n');
      expect(logLines.length).toBeGreaterThan(50);
      expect(foundIn(log, secrets)).toEqual([]);
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

/** The texts that occur in `text`, in one pass: thousands are looked for in many megabytes. */
function foundIn(text: string, wanted: ReadonlySet<string>): string[] {
  const length = Math.min(...[...wanted].map((each) => each.length));
  const byStart = new Map<string, string[]>();
  for (const each of wanted) {
    const start = each.slice(0, length);
    byStart.set(start, [...(byStart.get(start) ?? []), each]);
  }
  const found = new Set<string>();
  for (let at = 0; at + length <= text.length; at += 1) {
    for (const each of byStart.get(text.slice(at, at + length)) ?? []) {
      if (text.startsWith(each, at)) found.add(each);
    }
  }
  return [...found];
}
