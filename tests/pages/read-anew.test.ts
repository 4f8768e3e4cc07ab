import { expect, test } from 'vitest';
import type { Entry, Exchange } from '../../web/chat/api/contract.js';
import { Problem } from '../../web/chat/api/problem.js';
import { emptyThread, joined, turnOf } from '../../web/chat/conversation/turn-state.js';
import { withNewest } from '../../web/chat/tokens/history.js';

const exchange = { id: 'one', message: 'Hello', response: null, created_at: '', tokens_charged: 0 };
const pending = { ...exchange, status: 'pending' } as Exchange;
const failed = { ...exchange, status: 'failed' } as Exchange;
const problem = new Problem(502, { code: 'provider_failed' });

test('why a turn failed stays, though a page of the record that is older than its end comes late', () => {
  const thread = { ...emptyThread, turns: [{ ...turnOf(failed), key: 'sent-1', problem }] };
  const late = joined(thread, [turnOf(pending)], null);
  expect(late.turns).toMatchObject([{ key: 'sent-1', phase: 'ended', status: 'failed', problem }]);
  const next = joined(late, [turnOf(failed)], null);
  expect(next.turns).toMatchObject([{ key: 'sent-1', status: 'failed', problem }]);
});

test('a turn that another tab sent ends once the record says so', () => {
  const thread = { ...emptyThread, turns: [turnOf(pending)] };
  expect(joined(thread, [turnOf(pending)], null).turns).toMatchObject([{ phase: 'looking' }]);
  expect(joined(thread, [turnOf(failed)], null).turns).toMatchObject([{ phase: 'ended', status: 'failed' }]);
});

const entries = (...ids: string[]) => ids.map((id) => ({ id }) as Entry);
const idsOf = (history: { entries: readonly Entry[] }) => history.entries.map(({ id }) => id);

test('a history that is read anew keeps its older lines where the new ones reach them', () => {
  const known = { entries: entries('d', 'c', 'b'), next: 'before b' };
  const anew = withNewest(known, { results: entries('f', 'e', 'd'), next: 'before d' });
  expect([idsOf(anew), anew.next]).toEqual([['f', 'e', 'd', 'c', 'b'], 'before b']);
});

test('a history of which too much is new begins anew, without a gap', () => {
  const known = { entries: entries('b', 'a'), next: null };
  const anew = withNewest(known, { results: entries('f', 'e'), next: 'before e' });
  expect([idsOf(anew), anew.next]).toEqual([['f', 'e'], 'before e']);
});
