import { api } from '../api/api.js';
import type { Exchange, Reply } from '../api/contract.js';
import { asProblem, Problem } from '../api/problem.js';
import { createStore, type Store } from '../layout/store.js';
import type { Drafts } from './drafts.js';
import { findNow, findSent } from './find-sent.js';
import { gatherText } from './gather-text.js';
import { emptyThread, isUnderWay, joined, turnOf, type Thread, type Turn } from './turn-state.js';

/** The conversation that begins with the next message. */
export const newThread = 'new';

const lookAgainMs = 2000;
/** What the provider or the server failed at stays in sight; everything else was refused before it began. */
const failures = new Set([
  ...['provider_failed', 'provider_timeout', 'provider_busy', 'internal_error', 'unreachable', 'unknown'],
]);

export interface ThreadsDeps {
  drafts: Drafts;
  /** Told what can be spent; null when that has to be asked. */
  onBalance: (tokens: number | null) => void;
  /** Told that a conversation was written to; `begun` when it is a new one. */
  onWritten: (conversationId: string, begun: boolean) => void;
  /** Told in words what happened, for those who do not see it. */
  announce: (text: string) => void;
}

/** The conversations that this page has open, by id, and the messages that are under way in them. */
export function createThreads({ drafts, onBalance, onWritten, announce }: ThreadsDeps) {
  const store: Store<Record<string, Thread>> = createStore<Record<string, Thread>>({});
  const underWay = new Map<string, AbortController>();
  let made = 0;

  const threadOf = (id: string): Thread => store.get()[id] ?? emptyThread;
  const change = (id: string, to: (thread: Thread) => Thread) => {
    store.set((threads) => ({ ...threads, [id]: to(threads[id] ?? emptyThread) }));
  };
  const changeTurn = (key: string, to: Partial<Turn>) => {
    store.set((threads) => {
      const holder = Object.entries(threads).find(([, { turns }]) => turns.some((turn) => turn.key === key));
      if (holder === undefined) return threads;
      const [id, thread] = holder;
      const turns = thread.turns.map((turn) => (turn.key === key ? { ...turn, ...to } : turn));
      return { ...threads, [id]: { ...thread, turns } };
    });
  };
  const removeTurn = (id: string, key: string) => {
    change(id, (thread) => ({ ...thread, turns: thread.turns.filter((turn) => turn.key !== key) }));
  };
  const isKnown = (exchangeId: string) =>
    Object.values(store.get()).some(({ turns }) => turns.some((turn) => turn.id === exchangeId));

  const open = async (id: string) => {
    const known = store.get()[id];
    if (known !== undefined && known.phase !== 'failed') return refresh(id);
    if (id === newThread) return;
    change(id, () => ({ ...emptyThread, phase: 'loading' }));
    await load(id);
  };

  /** Reads again what other tabs may have changed, and looks for what was lost. */
  const refresh = async (id: string) => {
    const { phase, turns } = threadOf(id);
    for (const { key } of turns) await lookAgain(id, key);
    if (id !== newThread && phase === 'ready') await load(id);
  };

  /** Reads the newest page, and again as long as something is under way elsewhere; never while it is here. */
  const load = async (id: string): Promise<void> => {
    const madeBefore = made;
    const wasOpen = threadOf(id).turns.some(isOpen);
    try {
      const { results, next } = await api.conversation(id, null);
      if (threadOf(id).turns.some(isOpen)) return;
      // What was written and has ended since may be missing in what was read.
      if (wasOpen || made !== madeBefore) {
        await load(id);
        return;
      }
      change(id, (thread) => joined(thread, results.map(turnOf).reverse(), next));
      if (results.some(({ status }) => status === 'pending')) {
        setTimeout(() => {
          if (!threadOf(id).turns.some(isUnderWay)) void load(id);
        }, lookAgainMs);
        return;
      }
      onBalance(null);
    } catch (error) {
      const problem = asProblem(error);
      change(id, (thread) => {
        // What was read already can be read on, unless it is gone.
        if (thread.phase === 'ready' && problem.code !== 'not_found') return thread;
        return { ...thread, phase: 'failed', turns: [], earlier: null, problem };
      });
    }
  };

  const loadEarlier = async (id: string) => {
    const { earlier } = threadOf(id);
    if (earlier === null) return;
    const { results, next } = await api.conversation(id, earlier);
    change(id, (thread) => {
      if (thread.earlier !== earlier) return thread;
      return { ...thread, turns: [...results.map(turnOf).reverse(), ...thread.turns], earlier: next };
    });
  };

  const send = async (id: string, message: string, model: string | null) => {
    made += 1;
    const key = `sent-${made}`;
    const turn: Turn = {
      key,
      id: null,
      message,
      response: '',
      phase: 'waiting',
      status: 'pending',
      charged: 0,
      model,
      createdAt: new Date().toISOString(),
      problem: null,
    };
    const controller = new AbortController();
    underWay.set(key, controller);
    change(id, (thread) => ({ ...thread, refusal: null, turns: [...thread.turns, turn] }));
    announce('Your message was sent.');
    const sentAtMs = performance.now();
    let place = id;
    const text = gatherText((response) => {
      changeTurn(key, { response, phase: 'streaming' });
    });
    /** A new conversation has its place as soon as words come: in the list, and in the address over a reload. */
    const findPlace = async () => {
      const found = await findNow({ message, sentAtMs, isKnown }).catch(() => null);
      if (place !== newThread || !underWay.has(key) || typeof found?.conversation_id !== 'string') return;
      place = found.conversation_id;
      settleIn(newThread, place);
    };
    const onText = (words: string) => {
      if (text.isEmpty() && place === newThread) void findPlace();
      text.add(words);
    };
    try {
      const conversationId = id === newThread ? null : id;
      const reply = await api.send({ message, conversationId, model }, onText, controller.signal);
      text.end();
      const from = place;
      place = reply.conversation_id;
      finish(from, key, reply);
    } catch (error) {
      text.end();
      const isStopped = controller.signal.aborted;
      const problem = isStopped ? null : asProblem(error);
      if (problem !== null && isRefused(problem, text.isEmpty())) {
        removeTurn(id, key);
        drafts.putBack(id, message);
        change(id, (thread) => ({ ...thread, refusal: problem }));
        if (problem.code === 'insufficient_tokens') onBalance(problem.document.remaining_tokens ?? null);
        return;
      }
      await resolve(place, key, { message, sentAtMs, problem });
    } finally {
      underWay.delete(key);
    }
  };

  const finish = (id: string, key: string, reply: Reply) => {
    changeTurn(key, {
      id: reply.id,
      response: reply.response,
      phase: 'ended',
      status: 'completed',
      charged: reply.tokens_charged,
      model: reply.model,
      createdAt: reply.created_at,
    });
    onBalance(reply.remaining_tokens);
    settleIn(id, reply.conversation_id);
    announce(
      `Reply: ${reply.response.slice(0, 600)} It cost ${reply.tokens_charged} tokens; ${reply.remaining_tokens} are left.`,
    );
  };

  /** Finds out on the server's record what became of a message that was stopped, failed or lost. */
  const resolve = async (
    id: string,
    key: string,
    { message, sentAtMs, problem }: { message: string; sentAtMs: number; problem: Problem | null },
  ) => {
    changeTurn(key, { phase: problem === null ? 'stopping' : 'looking', problem });
    try {
      const found = await findSent({ message, sentAtMs, isKnown });
      if (found === null) {
        const never = problem === null ? null : new Problem(0, { code: 'never_arrived' });
        const isLost = problem?.code === 'unreachable';
        changeTurn(key, { phase: 'ended', status: 'cancelled', problem: isLost ? never : problem });
      } else if (found.status === 'pending') throw new Problem(409, { code: 'idempotency_in_progress' });
      else adopt(id, key, found, problem);
    } catch (error) {
      // Still out of reach, or still under way: the turn waits for another look.
      changeTurn(key, { phase: 'ended', status: 'pending', problem: asProblem(error) });
      lost.set(key, { message, sentAtMs });
    }
    onBalance(null);
  };
  const lost = new Map<string, { message: string; sentAtMs: number }>();

  /** Looks once more for what became of a lost message. */
  const lookAgain = async (id: string, key: string) => {
    const sent = lost.get(key);
    lost.delete(key);
    if (sent !== undefined)
      await resolve(id, key, { ...sent, problem: new Problem(0, { code: 'unreachable' }) });
  };

  const adopt = (id: string, key: string, found: Exchange, problem: Problem | null) => {
    const isWhole = found.status === 'completed';
    const code = found.tokens_charged === 0 ? 'cut_off' : 'cut_short';
    const told = problem?.code === 'unreachable' ? new Problem(0, { code }) : problem;
    changeTurn(key, { ...turnOf(found), key, phase: 'ended', problem: isWhole ? null : told });
    if (found.conversation_id !== null) settleIn(id, found.conversation_id);
    const cost = `It cost ${found.tokens_charged} tokens.`;
    announce(isWhole ? `The reply is complete. ${cost}` : `The reply has ended early. ${cost}`);
  };

  /** Gives a new conversation the id that it has got. */
  const settleIn = (id: string, conversationId: string) => {
    if (id === newThread) {
      store.set(({ [newThread]: thread, ...others }) => ({
        ...others,
        [conversationId]: thread ?? emptyThread,
      }));
      drafts.move(newThread, conversationId);
    }
    onWritten(conversationId, id === newThread);
  };

  return {
    store,
    open,
    refresh,
    loadEarlier,
    send,
    /** Ends a reply; what came of it stays, and the server tells what it cost. */
    stop: (key: string) => {
      underWay.get(key)?.abort();
    },
    /** Sends the message of a turn that came to nothing once more. */
    retry: async (id: string, turn: Turn, model: string | null) => {
      removeTurn(id, turn.key);
      await send(id, turn.message, model);
    },
    lookAgain,
    /** Begins the next new conversation with nothing. */
    forgetNew: () => {
      if (!threadOf(newThread).turns.some(isUnderWay)) change(newThread, () => emptyThread);
    },
    forget: (id: string) => {
      store.set((threads) => Object.fromEntries(Object.entries(threads).filter(([name]) => name !== id)));
    },
  };
}

/** That this page still waits for what becomes of it. */
function isOpen(turn: Turn): boolean {
  return isUnderWay(turn) || (turn.id === null && turn.phase === 'looking');
}

function isRefused(problem: Problem, nothingCame: boolean): boolean {
  return nothingCame && !failures.has(problem.code);
}
