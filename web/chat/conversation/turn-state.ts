import type { Exchange, ExchangeStatus } from '../api/contract.js';
import type { Problem } from '../api/problem.js';

/** One message and what came of it, as this page shows it. */
export interface Turn {
  /** Stays the same as long as the page is open. */
  key: string;
  /** Null until the server has told it. */
  id: string | null;
  message: string;
  /** What came of the reply so far. */
  response: string;
  /**
   * `waiting` for the first words, `streaming`, `stopping` until the server tells what was charged, `looking` for what
   * became of a message whose connection broke or that another tab sent; or `ended`.
   */
  phase: 'waiting' | 'streaming' | 'stopping' | 'looking' | 'ended';
  status: ExchangeStatus;
  charged: number;
  model: string | null;
  createdAt: string;
  /** Why there is no whole reply, where that is known. */
  problem: Problem | null;
}

/** A conversation as far as it was read. */
export interface Thread {
  phase: 'loading' | 'ready' | 'failed';
  /** Oldest first. */
  turns: readonly Turn[];
  /** Where what was said before them begins; null when that is all. */
  earlier: string | null;
  /** Why it could not be read. */
  problem: Problem | null;
  /** Why the last message was not taken; it is in the draft again. */
  refusal: Problem | null;
}

export const emptyThread: Thread = { phase: 'ready', turns: [], earlier: null, problem: null, refusal: null };

export function isUnderWay(turn: Turn): boolean {
  return turn.phase === 'waiting' || turn.phase === 'streaming' || turn.phase === 'stopping';
}

/** An exchange of the record. */
export function turnOf(exchange: Exchange): Turn {
  return {
    key: exchange.id,
    id: exchange.id,
    message: exchange.message,
    response: exchange.response ?? '',
    phase: exchange.status === 'pending' ? 'looking' : 'ended',
    status: exchange.status,
    charged: exchange.tokens_charged,
    model: exchange.model,
    createdAt: exchange.created_at,
    problem: null,
  };
}

/**
 * A thread with the newest page of its record read anew: what was read before that page stays above it, and what the
 * record does not know, below.
 */
export function joined(thread: Thread, page: readonly Turn[], earlier: string | null): Thread {
  const { turns } = thread;
  const known = new Map(turns.map((turn) => [turn.id, turn]));
  const start = turns.findIndex(({ id }) => page.some((turn) => turn.id === id));
  const fresh = page.map((turn) => {
    const before = known.get(turn.id);
    // The page was read before the turn ended, and came after: what has ended stays so.
    if (before?.phase === 'ended' && before.status !== 'pending' && turn.status === 'pending') return before;
    // Why there is no whole reply is known only here.
    const problem = before?.status === turn.status ? before.problem : null;
    return { ...turn, key: before?.key ?? turn.key, problem };
  });
  const isRecorded = ({ message, status }: Turn) =>
    status === 'pending' && page.some((turn) => turn.message === message && !known.has(turn.id));
  const unrecorded = turns.filter((turn) => turn.id === null && !isRecorded(turn));
  return {
    ...thread,
    phase: 'ready',
    problem: null,
    turns: [...turns.slice(0, Math.max(start, 0)).filter(({ id }) => id !== null), ...fresh, ...unrecorded],
    earlier: start < 0 ? earlier : thread.earlier,
  };
}

/** Without the failures that were followed by the same message once more. */
export function withoutRepeated(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter((turn, index) => {
    const isVain = turn.phase === 'ended' && turn.charged === 0 && turn.response === '';
    return !(isVain && turns[index + 1]?.message === turn.message);
  });
}
