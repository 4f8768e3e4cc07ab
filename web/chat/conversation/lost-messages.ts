import { creditAmount } from '../../api/credits.js';
import type { Exchange } from '../../api/api-objects.js';
import { Problem, toProblem } from '../../api/problem.js';
import { api } from '../api/api.js';
import { text } from '../texts/texts.js';
import type { ConversationStore } from './conversation-store.js';
import { exchangeStateOf } from './exchange-state.js';
import { findSentMessage, findStoppedMessage, lookUpSentMessage } from './find-sent-message.js';

/** A message whose result is not known. */
export interface SentMessage {
  message: string;
  sentAtMs: number;
  /** Whether the browser was offline, so that the message has not left it. */
  isUnsent: boolean;
  /** Sends the message again, as the same request: the server processes and charges it once. */
  sendAgain: (id: string, controller: AbortController) => Promise<void>;
}

export interface LostMessagesDeps {
  conversations: ConversationStore;
  /** Shows the text of a reply as it comes. */
  follow: (key: string, exchangeId: string, signal: AbortSignal) => Promise<void>;
  onBalanceChange: () => void;
  /** Called with a message that has not left the browser. */
  onUnsent: (key: string, conversationId: string, message: string) => void;
  announce: (announcement: string) => void;
}

/** Looks up the results of messages whose connection broke, or that were stopped. */
export function createLostMessages({
  conversations,
  follow,
  onBalanceChange,
  onUnsent,
  announce,
}: LostMessagesDeps) {
  const { changeExchange, isKnown, idOf, assignId, inProgress } = conversations;
  const lost = new Map<string, SentMessage>();

  /** Stops a message on the server, or follows one whose connection broke, and looks up its result. */
  const lookUp = async (
    id: string,
    key: string,
    {
      sent,
      problem,
      signal,
      ifLost,
    }: {
      sent: SentMessage;
      problem: Problem | null;
      signal: AbortSignal;
      /** What is done with a message that has not arrived; by default that is said. */
      ifLost?: () => Promise<void>;
    },
  ) => {
    const { message, sentAtMs } = sent;
    const isStopped = () => signal.aborted;
    changeExchange(key, { phase: isStopped() ? 'stopping' : 'lookingUp', problem });
    try {
      const unconfirmed = { message, sentAtMs, isKnown };
      const begun = await (isStopped() ? findStoppedMessage(unconfirmed) : lookUpSentMessage(unconfirmed));
      if (begun?.status === 'pending') {
        if (!isStopped()) await follow(key, begun.id, signal);
        if (isStopped()) await api.stop(begun.id);
      }
      const found = begun?.status === 'pending' ? await findSentMessage(unconfirmed) : begun;
      if (found === null && ifLost !== undefined && !isStopped()) await ifLost();
      else if (found === null) {
        const isLost = problem?.code === 'unreachable';
        changeExchange(key, {
          phase: 'ended',
          status: 'cancelled',
          problem: isLost ? new Problem(0, { code: 'never_arrived' }) : problem,
        });
      } else if (found.status === 'pending') throw new Problem(409, { code: 'idempotency_in_progress' });
      else showFound(id, key, found, problem);
    } catch (error) {
      // The server is unreachable or the reply is still in progress: the user can look it up again.
      const unknown = sent.isUnsent ? new Problem(0, { code: 'not_sent' }) : toProblem(error);
      changeExchange(key, { phase: 'ended', status: 'pending', problem: unknown });
      lost.set(key, sent);
      if (sent.isUnsent) onUnsent(key, id, message);
    }
    onBalanceChange();
  };

  /** Looks up the result of a lost message again, and sends the message once more if it has not arrived. */
  const lookUpAgain = async (key: string) => {
    const sent = lost.get(key);
    const id = idOf(key);
    lost.delete(key);
    if (sent === undefined || id === undefined) return;
    const controller = new AbortController();
    inProgress.set(key, controller);
    const problem = new Problem(0, { code: 'unreachable' });
    const ifLost = () => {
      changeExchange(key, { phase: 'waiting', problem: null });
      return sent.sendAgain(idOf(key) ?? id, controller);
    };
    await lookUp(id, key, { sent, problem, signal: controller.signal, ifLost });
    inProgress.delete(key);
  };

  const showFound = (id: string, key: string, found: Exchange, problem: Problem | null) => {
    const isComplete = found.status === 'completed';
    const code = found.tokens_charged === 0 ? 'cut_off' : 'cut_short';
    const shown = problem?.code === 'unreachable' ? new Problem(0, { code }) : problem;
    changeExchange(key, {
      ...exchangeStateOf(found),
      key,
      phase: 'ended',
      problem: isComplete ? null : shown,
    });
    if (found.conversation_id !== null) assignId(id, found.conversation_id);
    const cost = creditAmount(found.tokens_charged);
    announce(text(isComplete ? 'announce.complete' : 'announce.ended', { cost }));
  };

  return {
    lookUp,
    lookUpAgain,
    /** Looks up the results of all lost messages again. */
    lookUpAll: async () => {
      for (const key of [...lost.keys()]) await lookUpAgain(key);
    },
  };
}
