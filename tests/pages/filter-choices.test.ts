import { expect, test } from 'vitest';
import { auditActions } from '../../src/domain/audit/audit-event.js';
import { exchangeStatuses } from '../../src/domain/chat/exchange.js';
import { entryKinds } from '../../src/domain/ledger/entry.js';
import { roles, userStatuses } from '../../src/domain/users/user.js';
import { actionChoices, ownSentence, sentenceByOther } from '../../web/admin/audit/audit-actions.js';
import { chatStatusChoices } from '../../web/admin/chats/chat-statuses.js';
import { entryKindChoices } from '../../web/admin/ledger/entry-kinds.js';
import { roleChoices, statusChoices } from '../../web/admin/users/user-choices.js';

test.each([
  ['audit actions', actionChoices(), auditActions],
  ['entry kinds', entryKindChoices(), entryKinds],
  ['chat statuses', chatStatusChoices(), exchangeStatuses],
  ['roles', roleChoices(), roles],
  ['account statuses', statusChoices(), userStatuses],
])('the administration has a filter choice for each of the %s', (_, choices, values) => {
  expect(choices.map(({ id }) => id).sort()).toEqual([...values].sort());
  expect(choices.filter(({ name }) => !/^[A-Z]/.test(name))).toEqual([]);
});

test('an action that is unknown here, or that others do not do, has no sentence', () => {
  expect(sentenceByOther('adopted')).toBe('action.other.adopted');
  expect(sentenceByOther('signed_in')).toBe(null);
  expect(ownSentence('vouchers_printed')).toBe(null);
});
