import { creditAmount, creditNumber } from '../../api/credits.js';
import type { Model, Reply } from '../../api/api-objects.js';
import { newIdempotencyKey } from '../../api/idempotency-key.js';
import { toProblem, type Problem } from '../../api/problem.js';
import { api } from '../api/api.js';
import { text as messages } from '../texts/texts.js';
import { attachmentToSend, shownFile, type AttachedFile } from './attached-file.js';
import { chooseVersion, followsNone, hasBranches, shownBranch } from './branches.js';
import { shownSettings } from './conversation-settings.js';
import { newConversationId, type ConversationStore } from './conversation-store.js';
import type { Drafts } from './drafts.js';
import type { ExchangeState } from './exchange-state.js';
import { lookUpSentMessage } from './find-sent-message.js';
import type { createLostMessages } from './lost-messages.js';
import { throttleText } from './throttle-text.js';

/** A message with one of these failures stays visible. With any other, the message was rejected before a model call. */
const failures = new Set([
  ...['provider_failed', 'provider_timeout', 'provider_busy', 'internal_error', 'unreachable', 'unknown'],
]);

export interface SendMessageDeps {
  conversations: ConversationStore;
  models: readonly Model[];
  drafts: Drafts;
  counts: { sent: number };
  lookUp: ReturnType<typeof createLostMessages>['lookUp'];
  /** Called with the new balance; with null if the balance must be read from the server. */
  onBalance: (tokens: number | null) => void;
  announce: (announcement: string) => void;
}

interface NewMessage {
  message: string;
  files: readonly AttachedFile[];
  /** The `after` of its exchange; by default that of a message below the branch that is shown. */
  after?: string | null;
  /** The model of this message alone; null or absent for that of the conversation. */
  model?: string | null;
}

/** Returns a function that sends a message and shows its reply as it comes. */
export function createSendMessage({
  conversations,
  models,
  drafts,
  counts,
  lookUp,
  onBalance,
  announce,
}: SendMessageDeps) {
  const { stateOf, change, changeExchange, removeExchange, isKnown, assignId, inProgress } = conversations;

  /** Returns what a message follows; null in a conversation without branches, where the newest exchange is meant. */
  const afterShown = (id: string): string | null => {
    const { exchanges, chosen } = stateOf(id);
    if (!hasBranches(exchanges)) return null;
    return shownBranch(exchanges, chosen).exchanges.findLast((exchange) => exchange.id !== null)?.id ?? null;
  };

  const send = async (id: string, { message, files, after = afterShown(id), model }: NewMessage) => {
    counts.sent += 1;
    const kept = shownSettings(models, stateOf(id).settings);
    const settings = model == null ? kept : { ...kept, model };
    const key = `sent-${counts.sent}`;
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
      chosen: after === null ? conversation.chosen : chooseVersion(conversation, exchange, key),
      exchanges: [...conversation.exchanges, exchange],
    }));
    const idempotencyKey = newIdempotencyKey();
    const place = placeToSend(stateOf(id).exchanges, after);
    const post = async (postedId: string, controller: AbortController) => {
      const sentAtMs = performance.now();
      const isOffline = !navigator.onLine;
      if (!isOffline) {
        drafts.forgetUnsent(key);
        announce(messages('announce.sent'));
      }
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

  return send;
}

function placeToSend(exchanges: readonly ExchangeState[], after: string | null) {
  if (after === null) return {};
  if (after !== followsNone) return { after_id: after };
  const first = exchanges.find(({ id }) => id !== null)?.id;
  return first == null ? {} : { replaces_id: first };
}

function isRejection(problem: Problem, isReplyEmpty: boolean): boolean {
  return isReplyEmpty && !failures.has(problem.code);
}
