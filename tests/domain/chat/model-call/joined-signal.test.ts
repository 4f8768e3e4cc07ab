import { expect, test } from 'vitest';
import { joinSignals } from '../../../../src/domain/chat/model-call/deadlines.js';

test('a joined signal is aborted with the first of the others and its reason', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const joined = joinSignals([first.signal, second.signal]);
  expect(joined.signal.aborted).toBe(false);
  second.abort('why');
  first.abort('too late');
  expect(joined.signal.reason).toBe('why');
});

test('a joined signal is aborted at once if one of the others is aborted', () => {
  expect(joinSignals([new AbortController().signal, AbortSignal.abort('gone')]).signal.reason).toBe('gone');
});

test('a joined signal that is detached is not aborted with the others', () => {
  const other = new AbortController();
  const joined = joinSignals([other.signal]);
  joined.detach();
  other.abort();
  expect(joined.signal.aborted).toBe(false);
});
