import { expect, test } from 'vitest';
import { auditActions } from '../../src/domain/audit/audit-event.js';
import { exchangeStatuses } from '../../src/domain/chat/exchange.js';
import { entryKinds } from '../../src/domain/ledger/entry.js';
import { roles, userStatuses } from '../../src/domain/users/user.js';
import { actionChoices, verbOf } from '../../web/admin/audit/audit-event.js';
import { chatStatusChoices } from '../../web/admin/chats/chat.js';
import { entryKindChoices } from '../../web/admin/ledger/entry.js';
import { roleChoices, statusChoices } from '../../web/admin/users/user.js';

test.each([
  ['actions of the audit log', actionChoices, auditActions],
  ['kinds of entries', entryKindChoices, entryKinds],
  ['statuses of chats', chatStatusChoices, exchangeStatuses],
  ['roles', roleChoices, roles],
  ['statuses of accounts', statusChoices, userStatuses],
])('the administration filters by all %s', (_, choices, values) => {
  expect(choices.map(({ id }) => id).sort()).toEqual([...values].sort());
  expect(choices.filter(({ name }) => !/^[A-Z]/.test(name))).toEqual([]);
});

test('an action that the page does not know is told by its own name', () => {
  expect(verbOf('adopted', false)).toBe('was adopted from another system');
  expect(verbOf('vouchers_printed', true)).toBe('vouchers printed');
});
