import { expect, test } from 'vitest';
import type { Entry, Exchange } from '../../web/api/api-objects.js';
import { Problem } from '../../web/api/problem.js';
import { emptyConversation, mergePage, exchangeStateOf } from '../../web/chat/conversation/exchange-state.js';
import { mergeNewestPage } from '../../web/chat/layout/paged-items.js';

const exchange = { id: 'one', message: 'Hello', response: null, created_at: '', tokens_charged: 0 };
const pending = { ...exchange, status: 'pending' } as Exchange;
const failed = { ...exchange, status: 'failed' } as Exchange;
const problem = new Problem(502, { code: 'provider_failed' });

test('the reason of a failure stays if a page that was read before the failure arrives after it', () => {
  const conversation = {
    ...emptyConversation,
    exchanges: [{ ...exchangeStateOf(failed), key: 'sent-1', problem }],
  };
  const late = mergePage(conversation, [exchangeStateOf(pending)], null);
  expect(late.exchanges).toMatchObject([{ key: 'sent-1', phase: 'ended', status: 'failed', problem }]);
  const next = mergePage(late, [exchangeStateOf(failed)], null);
  expect(next.exchanges).toMatchObject([{ key: 'sent-1', status: 'failed', problem }]);
});

test('an exchange that another tab sent ends once the server reports its end', () => {
  const conversation = { ...emptyConversation, exchanges: [exchangeStateOf(pending)] };
  expect(mergePage(conversation, [exchangeStateOf(pending)], null).exchanges).toMatchObject([
    { phase: 'lookingUp' },
  ]);
  expect(mergePage(conversation, [exchangeStateOf(failed)], null).exchanges).toMatchObject([
    { phase: 'ended', status: 'failed' },
  ]);
});

const entries = (...ids: string[]) => ids.map((id) => ({ id }) as Entry);
const idsOf = (history: { items: readonly Entry[] }) => history.items.map(({ id }) => id);

test('a history keeps its older entries if the newest page overlaps with them', () => {
  const known = { items: entries('d', 'c', 'b'), next: 'before b' };
  const refreshed = mergeNewestPage(known, { results: entries('f', 'e', 'd'), next: 'before d' });
  expect([idsOf(refreshed), refreshed.next]).toEqual([['f', 'e', 'd', 'c', 'b'], 'before b']);
});

test('a history is replaced if the newest page does not overlap with it, so that there is no gap', () => {
  const known = { items: entries('b', 'a'), next: null };
  const refreshed = mergeNewestPage(known, { results: entries('f', 'e'), next: 'before e' });
  expect([idsOf(refreshed), refreshed.next]).toEqual([['f', 'e'], 'before e']);
});
