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

test('a ledger is sound that breaks nothing, however many holds are overdue', () => {
  expect(isSound(reportOf(null))).toBe(true);
  expect(isSound({ ...reportOf(null), overdueHolds: 3 })).toBe(true);
});

test.each(names)('a ledger is not sound where this is broken alone: %s', (name) => {
  expect(isSound(reportOf(name))).toBe(false);
});
