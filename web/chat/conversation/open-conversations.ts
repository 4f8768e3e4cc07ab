import { creditAmount, creditNumber } from '../../api/credits.js';
import { Problem, toProblem } from '../../api/problem.js';
import type { Exchange, Model, Reply, SettingsChange } from '../../api/api-objects.js';
import { api } from '../api/api.js';
import { createStore, type Store } from '../layout/store.js';
import { attachmentToSend, readAgain, shownFile, type AttachedFile } from './attached-file.js';
import { keepModel, newSettings, settingsOf, shownSettings } from './conversation-settings.js';
import { followsNone, hasBranches, keyBefore, placeOf, shownBranch } from './branches.js';
import type { Drafts } from './drafts.js';
import {
  emptyConversation,
  exchangeStateOf,
  isInProgress,
  mergePage,
  type ConversationState,
  type ExchangeState,
} from './exchange-state.js';
import { findSentMessage, findStoppedMessage, lookUpSentMessage } from './find-sent-message.js';
import { newIdempotencyKey } from '../../api/idempotency-key.js';
import { text as messages } from '../texts/texts.js';
import { throttleText } from './throttle-text.js';

/** The id, on this page, of a conversation without messages. */
export const newConversationId = 'new';

const reloadIntervalMs = 2000;
/** A message with one of these failures stays visible. With any other, the message was rejected before a model call. */
const failures = new Set([
  ...['provider_failed', 'provider_timeout', 'provider_busy', 'internal_error', 'unreachable', 'unknown'],
]);

export interface OpenConversationsDeps {
  models: readonly Model[];
  drafts: Drafts;
  /** Called with the new balance; with null if the balance must be read from the server. */
  onBalance: (tokens: number | null) => void;
  /** Called when a message was added to a conversation. */
  onConversationChange: (conversationId: string, options: { isNew: boolean }) => void;
  /** Announces a text to screen readers. */
  announce: (text: string) => void;
}

/** A message whose result is not known. */
interface SentMessage {
  message: string;
  sentAtMs: number;
  /** Whether the browser was offline, so that the message has not left it. */
  isUnsent: boolean;
  /** Sends the message again, as the same request: the server processes and charges it once. */
  sendAgain: (id: string, controller: AbortController) => Promise<void>;
}

/** The conversations that were opened on this page, by id, and the messages in progress in them. */
export function createOpenConversations({
  models,
  drafts,
  onBalance,
  onConversationChange,
  announce,
}: OpenConversationsDeps) {
  const begun = (): ConversationState => ({ ...emptyConversation, settings: newSettings() });
  const store: Store<Record<string, ConversationState>> = createStore<Record<string, ConversationState>>({
    [newConversationId]: begun(),
  });
  const inProgress = new Map<string, AbortController>();
  const lost = new Map<string, SentMessage>();
  let sentCount = 0;
  let settingsCount = 0;

  const stateOf = (id: string): ConversationState => store.get()[id] ?? emptyConversation;
  const change = (id: string, update: (conversation: ConversationState) => ConversationState) => {
    store.set((all) => ({ ...all, [id]: update(all[id] ?? emptyConversation) }));
  };
  const idOf = (key: string) =>
    Object.entries(store.get()).find(([, { exchanges }]) =>
      exchanges.some((exchange) => exchange.key === key),
    )?.[0];
  const changeExchange = (key: string, changes: Partial<ExchangeState>) => {
    store.set((all) => {
      const id = idOf(key);
      const conversation = id === undefined ? undefined : all[id];
      if (id === undefined || conversation === undefined) return all;
      const exchanges = conversation.exchanges.map((exchange) =>
        exchange.key === key ? { ...exchange, ...changes } : exchange,
      );
      return { ...all, [id]: { ...conversation, exchanges } };
    });
  };
  const removeExchange = (id: string, key: string) => {
    change(id, (conversation) => ({
      ...conversation,
      exchanges: conversation.exchanges.filter((exchange) => exchange.key !== key),
    }));
  };
  const isKnown = (exchangeId: string) =>
    Object.values(store.get()).some(({ exchanges }) =>
      exchanges.some((exchange) => exchange.id === exchangeId),
    );

  const open = async (id: string) => {
    const known = store.get()[id];
    if (known !== undefined && known.phase !== 'failed') return refresh(id);
    if (id === newConversationId) return;
    change(id, () => ({ ...emptyConversation, phase: 'loading' }));
    await load(id);
  };

  /** Reads again what other tabs may have changed, and looks up lost messages. */
  const refresh = async (id: string) => {
    const { phase } = stateOf(id);
    for (const key of [...lost.keys()]) await lookUpAgain(key);
    if (id !== newConversationId && phase === 'ready') await load(id);
  };

  /** Reads the newest page, and follows a reply in progress that was sent elsewhere; not while this page has one. */
  const load = async (id: string, followAfterMs = 0): Promise<void> => {
    const sentBefore = sentCount;
    const settingsBefore = settingsCount;
    const wasUnfinished = stateOf(id).exchanges.some(isUnfinished);
    try {
      const read = await readBranches(id);
      const { results, next } = read;
      if (stateOf(id).exchanges.some(isUnfinished)) return;
      // An exchange that has ended since the request was sent may be missing in the page.
      if (wasUnfinished || sentCount !== sentBefore) {
        await load(id, followAfterMs);
        return;
      }
      change(id, (conversation) => ({
        ...mergePage(conversation, results.map(exchangeStateOf).reverse(), next),
        settings: settingsCount === settingsBefore ? settingsOf(read) : conversation.settings,
      }));
      const pending = results.find(({ status }) => status === 'pending');
      if (pending !== undefined) {
        setTimeout(() => {
          if (!stateOf(id).exchanges.some(isInProgress)) void followPending(id, pending.id);
        }, followAfterMs);
        return;
      }
      onBalance(null);
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

  /** Returns what a message follows; null in a conversation without branches, where the newest exchange is meant. */
  const afterShown = (id: string): string | null => {
    const { exchanges, chosen } = stateOf(id);
    if (!hasBranches(exchanges)) return null;
    return shownBranch(exchanges, chosen).exchanges.findLast((exchange) => exchange.id !== null)?.id ?? null;
  };

  const send = async (id: string, { message, files, after = afterShown(id), model }: NewMessage) => {
    sentCount += 1;
    const kept = shownSettings(models, stateOf(id).settings);
    const settings = model == null ? kept : { ...kept, model };
    const key = `sent-${sentCount}`;
    const exchange: ExchangeState = {
      key,
      id: null,
      after,
      message,
      attachments: files.map(shownFile),
      response: '',
      phase: 'waiting',
      status: 'pending',
      charged: 0,
      model: settings.model,
      createdAt: new Date().toISOString(),
      problem: null,
    };
    const controller = new AbortController();
    inProgress.set(key, controller);
    change(id, (conversation) => ({
      ...conversation,
      rejection: null,
      chosen: after === null ? conversation.chosen : choose(conversation, exchange, key),
      exchanges: [...conversation.exchanges, exchange],
    }));
    const idempotencyKey = newIdempotencyKey();
    const place = placeToSend(stateOf(id).exchanges, after);
    const post = async (postedId: string, controller: AbortController) => {
      const sentAtMs = performance.now();
      const isOffline = !navigator.onLine;
      if (!isOffline) announce(messages('announce.sent'));
      let currentId = postedId;
      const text = throttleText((response) => {
        changeExchange(key, { response, phase: 'streaming' });
      });
      /** Finds the id of a new conversation at the first chunk, so that the list has it and a reload keeps it. */
      const findConversation = async () => {
        const found = await lookUpSentMessage({ message, sentAtMs, isKnown }).catch(() => null);
        if (currentId !== newConversationId || !inProgress.has(key)) return;
        if (typeof found?.conversation_id !== 'string') return;
        currentId = found.conversation_id;
        assignId(newConversationId, currentId);
      };
      const onText = (chunk: string) => {
        if (text.isEmpty() && currentId === newConversationId) void findConversation();
        text.add(chunk);
      };
      try {
        const conversationId = postedId === newConversationId ? null : postedId;
        const attachments = files.map(attachmentToSend);
        const sent = { message, attachments, conversationId, settings, place, idempotencyKey };
        const reply = await api.send(sent, onText, controller.signal);
        text.end();
        const previousId = currentId;
        currentId = reply.conversation_id ?? previousId;
        finish(previousId, key, reply);
      } catch (error) {
        text.end();
        const { signal } = controller;
        const problem = signal.aborted ? null : toProblem(error);
        if (problem !== null && isRejection(problem, text.isEmpty())) {
          removeExchange(currentId, key);
          drafts.putBack(currentId, message, files);
          change(currentId, (conversation) => ({ ...conversation, rejection: problem }));
          if (problem.code === 'insufficient_tokens') onBalance(problem.document.remaining_tokens ?? null);
          return;
        }
        const sent = { message, sentAtMs, isUnsent: isOffline && text.isEmpty(), sendAgain: post };
        await lookUp(currentId, key, { sent, problem, signal });
      } finally {
        inProgress.delete(key);
      }
    };
    await post(id, controller);
  };

  const finish = (id: string, key: string, reply: Reply) => {
    changeExchange(key, {
      id: reply.id,
      response: reply.response,
      phase: 'ended',
      status: 'completed',
      charged: reply.tokens_charged,
      model: reply.model,
      createdAt: reply.created_at,
    });
    onBalance(reply.remaining_tokens);
    if (reply.conversation_id !== null) assignId(id, reply.conversation_id);
    announce(
      messages('announce.reply', {
        text: reply.response.slice(0, 600),
        cost: creditAmount(reply.tokens_charged),
        left: creditNumber(reply.remaining_tokens),
      }),
    );
  };

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
    }
    onBalance(null);
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
    announce(messages(isComplete ? 'announce.complete' : 'announce.ended', { cost }));
  };

  /** Moves a new conversation to the id that the server has given it. */
  const assignId = (id: string, conversationId: string) => {
    const isNew = id === newConversationId;
    if (isNew) {
      store.set(({ [newConversationId]: conversation, ...others }) => ({
        ...others,
        [newConversationId]: begun(),
        [conversationId]: conversation ?? emptyConversation,
      }));
      drafts.move(newConversationId, conversationId);
    }
    onConversationChange(conversationId, { isNew });
  };

  return {
    store,
    open,
    refresh,
    loadEarlier,
    send,
    /** Stops a reply. The part that arrived stays, and the server sends what it cost. */
    stop: (key: string) => {
      inProgress.get(key)?.abort();
    },
    /** Sends the message of a failed exchange again. */
    retry: async (id: string, exchange: ExchangeState) => {
      try {
        const files = await readAgain(exchange.attachments, api.attachment);
        const { exchanges } = stateOf(id);
        const after = hasBranches(exchanges) ? placeOf(exchanges, exchange) : null;
        removeExchange(id, exchange.key);
        await send(id, { message: exchange.message, files, after });
      } catch (error) {
        change(id, (conversation) => ({ ...conversation, rejection: toProblem(error) }));
      }
    },
    lookUpAgain,
    /** Sends a message in place of one that was sent, which stays beside it, with its files; to another model if one is named. */
    sendInPlace: async (
      id: string,
      exchange: ExchangeState,
      { message, model = null }: { message: string; model?: string | null },
    ) => {
      try {
        const files = await readAgain(exchange.attachments, api.attachment);
        while (stateOf(id).earlier !== null) await loadEarlier(id);
        const after = placeOf(stateOf(id).exchanges, exchange);
        await send(id, { message, files, after, model });
      } catch (error) {
        change(id, (conversation) => ({ ...conversation, rejection: toProblem(error) }));
      }
    },
    /** Shows another version of an exchange. */
    showVersion: (id: string, exchange: ExchangeState, key: string) => {
      change(id, (conversation) => ({ ...conversation, chosen: choose(conversation, exchange, key) }));
    },
    /** Changes the settings of a conversation, from its next message. Rejects with a `Problem` if they stay as they were. */
    changeSettings: async (id: string, changed: SettingsChange) => {
      if (typeof changed.model === 'string' && id === newConversationId) keepModel(changed.model);
      const former = stateOf(id).settings;
      const apply = (settings: SettingsChange) => {
        settingsCount += 1;
        change(id, (conversation) => ({
          ...conversation,
          settings: { ...conversation.settings, ...settings },
        }));
      };
      apply(changed);
      if (id === newConversationId) return;
      try {
        apply(settingsOf(await api.changeConversation(id, changed)));
      } catch (error) {
        apply(former);
        throw error;
      }
    },
    /** Clears the new conversation, unless a message is in progress in it. */
    clearNew: () => {
      if (!stateOf(newConversationId).exchanges.some(isInProgress)) change(newConversationId, begun);
    },
    close: (id: string) => {
      store.set((all) => Object.fromEntries(Object.entries(all).filter(([name]) => name !== id)));
    },
  };
}

interface NewMessage {
  message: string;
  files: readonly AttachedFile[];
  /** The `after` of its exchange; by default that of a message below the branch that is shown. */
  after?: string | null;
  /** The model of this message alone; null or absent for that of the conversation. */
  model?: string | null;
}

/** Reads the newest page of a conversation; of one with branches all pages, as each may have a version of a message. */
async function readBranches(id: string): ReturnType<typeof api.conversation> {
  const read = await api.conversation(id, null);
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

function placeToSend(exchanges: readonly ExchangeState[], after: string | null) {
  if (after === null) return {};
  if (after !== followsNone) return { after_id: after };
  const first = exchanges.find(({ id }) => id !== null)?.id;
  return first == null ? {} : { replaces_id: first };
}

/** Returns the chosen versions with another one at the place of an exchange. */
function choose({ exchanges, chosen }: ConversationState, exchange: ExchangeState, key: string) {
  return { ...chosen, [keyBefore(exchanges, exchange)]: key };
}

/** Whether this page waits for the result of an exchange. */
function isUnfinished(exchange: ExchangeState): boolean {
  return isInProgress(exchange) || (exchange.id === null && exchange.phase === 'lookingUp');
}

function isRejection(problem: Problem, isReplyEmpty: boolean): boolean {
  return isReplyEmpty && !failures.has(problem.code);
}
