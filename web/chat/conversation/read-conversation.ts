import { toProblem } from '../../api/problem.js';
import { api } from '../api/api.js';
import { settingsOf } from './conversation-settings.js';
import type { ConversationStore } from './conversation-store.js';
import { exchangeStateOf, isInProgress, mergePage, type ExchangeState } from './exchange-state.js';
import { throttleText } from './throttle-text.js';

const reloadIntervalMs = 2000;

export interface ConversationReaderDeps {
  conversations: ConversationStore;
  /** Called when the balance must be read from the server. */
  onBalanceChange: () => void;
  /** Increases with each message that is sent, and each change of settings. */
  counts: { sent: number; settings: number };
  first: FirstConversation | null;
}

/** The conversation that the page begins with, which is read beside the account. */
export interface FirstConversation {
  id: string;
  page: ReturnType<typeof api.conversation>;
}

/** Reads conversations, and follows replies that another page, or this one before a reload, has asked for. */
export function createConversationReader({
  conversations,
  onBalanceChange,
  counts,
  first,
}: ConversationReaderDeps) {
  let unread = first;
  const readNewest = (id: string) => {
    const page = unread?.id === id ? unread.page : api.conversation(id, null);
    unread = null;
    return page;
  };

  const { stateOf, change, changeExchange, inProgress } = conversations;

  /** Reads the newest page, and follows a reply in progress that was sent elsewhere; not while this page has one. */
  const load = async (id: string, followAfterMs = 0): Promise<void> => {
    const sentBefore = counts.sent;
    const settingsBefore = counts.settings;
    const wasUnfinished = stateOf(id).exchanges.some(isUnfinished);
    try {
      const read = await readBranches(id, readNewest(id));
      const { results, next } = read;
      if (stateOf(id).exchanges.some(isUnfinished)) return;
      // An exchange that has ended since the request was sent may be missing in the page.
      if (wasUnfinished || counts.sent !== sentBefore) {
        await load(id, followAfterMs);
        return;
      }
      change(id, (conversation) => ({
        ...mergePage(conversation, results.map(exchangeStateOf).reverse(), next),
        settings: counts.settings === settingsBefore ? settingsOf(read) : conversation.settings,
      }));
      const pending = results.find(({ status }) => status === 'pending');
      if (pending !== undefined) {
        setTimeout(() => {
          if (!stateOf(id).exchanges.some(isInProgress)) void followPending(id, pending.id);
        }, followAfterMs);
        return;
      }
      onBalanceChange();
    } catch (error) {
      const problem = toProblem(error);
      change(id, (conversation) => {
        // A conversation that was read stays readable, unless it was erased.
        if (conversation.phase === 'ready' && problem.code !== 'not_found') return conversation;
        return { ...conversation, phase: 'failed', exchanges: [], earlier: null, problem };
      });
    }
  };

  /** Follows a reply that another page, or this one before a reload, has asked for. */
  const followPending = async (id: string, exchangeId: string) => {
    const key = stateOf(id).exchanges.find((exchange) => exchange.id === exchangeId)?.key;
    if (key === undefined || inProgress.has(key)) return;
    const controller = new AbortController();
    inProgress.set(key, controller);
    changeExchange(key, { phase: 'waiting' });
    await follow(key, exchangeId, controller.signal);
    if (controller.signal.aborted) {
      changeExchange(key, { phase: 'stopping' });
      await api.stop(exchangeId).catch(() => undefined);
    }
    inProgress.delete(key);
    changeExchange(key, { phase: 'lookingUp' });
    await load(id, reloadIntervalMs);
  };

  /** Shows the text of a reply as it comes. Resolves at its end, and if the connection breaks: the result is read afterwards. */
  const follow = async (key: string, exchangeId: string, signal: AbortSignal) => {
    const text = throttleText((response) => {
      changeExchange(key, { response, phase: 'streaming' });
    });
    await api.follow(exchangeId, text.add, signal).catch(() => undefined);
    text.end();
  };

  const loadEarlier = async (id: string) => {
    const { earlier } = stateOf(id);
    if (earlier === null) return;
    const { results, next } = await api.conversation(id, earlier);
    change(id, (conversation) => {
      if (conversation.earlier !== earlier) return conversation;
      const exchanges = [...results.map(exchangeStateOf).reverse(), ...conversation.exchanges];
      return { ...conversation, exchanges, earlier: next };
    });
  };

  return { load, follow, loadEarlier };
}

/** Reads the newest page of a conversation; of one with branches all pages, as each may have a version of a message. */
async function readBranches(
  id: string,
  newest: ReturnType<typeof api.conversation>,
): ReturnType<typeof api.conversation> {
  const read = await newest;
  if (!read.has_branches) return read;
  const results = [...read.results];
  let { next } = read;
  while (next !== null) {
    const page = await api.conversation(id, next, 100);
    results.push(...page.results);
    ({ next } = page);
  }
  return { ...read, results, next };
}

/** Whether this page waits for the result of an exchange. */
function isUnfinished(exchange: ExchangeState): boolean {
  return isInProgress(exchange) || (exchange.id === null && exchange.phase === 'lookingUp');
}
