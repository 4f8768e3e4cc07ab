import type { Entry } from '../../domain/ledger/entry.js';
import { maxStatementConversations, type StatementFacts } from '../../domain/ledger/statement.js';
import type { Clock } from '../../ports/clock.js';
import type { StatementReader } from '../../ports/statement-reader.js';
import type { Account } from './account-state.js';
import { copyOf, runAtomically, type MemoryState } from './state.js';

type Line = StatementFacts['lines'][number];
type ConversationSum = StatementFacts['conversations'][number];

/** Sums of entries in memory. */
export function memoryStatementReader(state: MemoryState, clock: Pick<Clock, 'now'>): StatementReader {
  return {
    read: (userId, range) =>
      runAtomically(() => {
        const account = state.accounts.get(userId);
        return account === undefined ? null : factsOf(account, range, clock.now());
      }),
  };
}

function factsOf(account: Account, { from, to }: { from: Date; to: Date }, now: Date): StatementFacts {
  const entries = [...account.entries.values()];
  const within = entries.filter(({ createdAt }) => createdAt >= from && createdAt < to);
  const added = entries.filter(({ kind, amount }) => kind !== 'charge' && amount > 0);
  const expiries = entries.filter(({ kind, createdAt }) => kind === 'expiry' && createdAt >= from);
  return {
    opening: sum(entries.filter(({ createdAt }) => createdAt < from)),
    lines: linesOf(account, within),
    conversations: conversationsOf(account, within),
    lots: [...account.lots.values()].filter(({ createdAt }) => createdAt < to).map(copyOf),
    changes: structuredClone(account.lotChanges).sort((left, right) => Number(left.at) - Number(right.at)),
    expiries: expiries.map(({ id, amount, createdAt }) => ({
      lotId: account.expiredLots.get(id) ?? '',
      at: new Date(createdAt),
      amount: -amount,
    })),
    given: { amount: sum(added), since: added[0]?.createdAt ?? now },
  };
}

function linesOf(account: Account, entries: readonly Readonly<Entry>[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { kind, action, exchangeId, amount } of entries) {
    const exchange = account.exchanges.get(exchangeId ?? '')?.exchange;
    const model = action === 'chat' ? (exchange?.repliedBy ?? exchange?.model ?? null) : null;
    const key = JSON.stringify([kind, action, model]);
    const line = lines.get(key) ?? { kind, action, model, amount: 0n, count: 0 };
    lines.set(key, { ...line, amount: line.amount + BigInt(amount), count: line.count + 1 });
  }
  return [...lines.values()];
}

function conversationsOf(account: Account, entries: readonly Readonly<Entry>[]): ConversationSum[] {
  const sums = new Map<string, ConversationSum>();
  for (const { action, exchangeId, amount } of entries) {
    const exchange = account.exchanges.get(exchangeId ?? '')?.exchange;
    if (action !== 'chat' || exchange === undefined) continue;
    const { conversationId } = exchange;
    const model = exchange.repliedBy ?? exchange.model;
    const title = account.conversations.get(conversationId ?? '')?.conversation.title ?? null;
    const key = JSON.stringify([conversationId, model]);
    const { amount: before, count } = sums.get(key) ?? { amount: 0n, count: 0 };
    sums.set(key, { conversationId, title, model, amount: before + BigInt(amount), count: count + 1 });
  }
  const dearest = [...sums.values()].sort((left, right) => (left.amount < right.amount ? -1 : 1));
  return dearest.slice(0, maxStatementConversations);
}

function sum(entries: readonly Readonly<Entry>[]): bigint {
  return entries.reduce((total, { amount }) => total + BigInt(amount), 0n);
}
