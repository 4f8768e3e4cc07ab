import { expect, test } from 'vitest';
import {
  invariantStatements,
  isSound,
  type InvariantName,
  type LedgerAuditReport,
} from '../../../src/domain/ledger/invariants.js';

const names = Object.keys(invariantStatements) as InvariantName[];

function reportOf(brokenName: InvariantName | null): LedgerAuditReport {
  const counts = names.map((name) => [name, name === brokenName ? 1 : 0]);
  return { broken: Object.fromEntries(counts) as LedgerAuditReport['broken'], overdueHolds: 0 };
}

test('a ledger that breaks no invariant is sound, with any number of overdue holds', () => {
  expect(isSound(reportOf(null))).toBe(true);
  expect(isSound({ ...reportOf(null), overdueHolds: 3 })).toBe(true);
});

test.each(names)('a ledger that breaks only this invariant is not sound: %s', (name) => {
  expect(isSound(reportOf(name))).toBe(false);
});
