import type { ModelMessage } from '../../ports/ai-model.js';
import type { ConversationStore } from '../../ports/conversation-store.js';
import type { Ids } from '../../ports/ids.js';
import type { Secrets } from '../../ports/secrets.js';
import { DomainError, notFound, throwIfInvalid } from '../errors.js';
import { inputSize, longestMessageChars, tokensOf } from '../metering/usage.js';
import { attachmentProblems, type Attachment } from './attachment.js';
import type { BranchParent } from './branch.js';
import { normalizeId, codePointCount, isBlank, unstorableReason } from '../text.js';
import type { Policy } from '../policy.js';
import { holdByOutput, outputLimit } from '../metering/price.js';
import {
  requestFingerprint,
  throwIfAttachmentsUnsupported,
  throwIfFeatureUnsupported,
  throwIfUnsupported,
  withSystemPrompt,
} from './completion-options.js';
import {
  noSettings,
  settingsProblems,
  type ConversationSettings,
  type EarlierExchange,
} from './conversation.js';
import { validateIdempotencyKey } from './exchange.js';
import { textMessage } from './model-message.js';
import type { CompletionOptions, MessagePlace, SendMessageInput, SendMessageRequest } from './message.js';
import {
  chainForKey,
  maxMessageCharsOf,
  offersForKey,
  type ModelOffer,
  type ModelOffers,
  type OfferChain,
} from './model-offer.js';

const generatedTitleChars = 80;

/** A title of fewer code points, such as a greeting, is followed by the next sentence. */
const shortTitleChars = 20;

const characters = new Intl.Segmenter();
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Whether a text can have a second sentence: to find where the first ends takes much longer. */
const mayHaveMore = /[\p{Sentence_Terminal}\p{Zl}\p{Zp}\n\r\u0085][^]*\P{White_Space}/u;

export interface PrepareMessageDeps {
  conversationStore: Pick<ConversationStore, 'recentExchanges'>;
  secrets: Pick<Secrets, 'digest'>;
  models: ModelOffers;
  policy: Pick<Policy, 'maxMessageChars' | 'requireVerifiedEmail'>;
}

/** A valid message: the models that may reply, what they are asked, and what that can cost. */
export interface PreparedMessage {
  chain: OfferChain;
  request: CompletionOptions;
  /** The most credits that the reply can cost. */
  hold: number;
  /** Returns the most credits that it can cost with another limit for the output. */
  holdWith: (maxOutputTokens: number) => number;
  /** The most tokens of output that a model of the chain may write. */
  outputTokens: number;
  /** The exchange that the message follows in its conversation; null for the newest one. */
  parent: BranchParent | null;
  /** Differs between requests with the same message; null if there is no idempotency key or nothing else to compare. */
  fingerprint: string | null;
}

/** The most exchanges that are read for a model's context, however many it could read. */
const maxExchanges = 500;

/** The most data of attachments that is read for a model's context: more than providers accept in one request. */
const maxContextBytes = 32 * 1024 * 1024;

/**
 * Validates a message and decides what the model is asked.
 *
 * @throws DomainError `email_not_verified`, `invalid_input`, `model_not_found`, `model_not_allowed`, `unsupported_parameter` or
 * `context_length_exceeded`.
 */
export async function prepareMessage(
  deps: PrepareMessageDeps,
  input: SendMessageInput,
): Promise<PreparedMessage> {
  if (deps.policy.requireVerifiedEmail && !input.emailVerified) {
    throw new DomainError('email_not_verified', 'Confirm your email address first.');
  }
  const chain = chainForKey(deps.models, input.model, input.apiKey);
  const context = await storedContext(deps, input, chain);
  if (input.model === null && isOtherModel(context.settings.model, chain)) {
    return prepareMessage(deps, {
      ...input,
      model: modelOfConversation(deps.models, context.settings.model),
    });
  }
  throwIfInvalid({
    message: validateMessage(
      input.message,
      maxMessageCharsFor(deps, input, chain),
      input.completionOptions !== null || input.attachments.length > 0,
    ),
    attachments: input.attachments.length === 0 ? [] : attachmentProblems(input.attachments),
    ...(ownSettings(input) === null ? {} : settingsProblems(input)),
    'Idempotency-Key': input.idempotencyKey === null ? [] : validateIdempotencyKey(input.idempotencyKey),
  });
  if (chain === null) throw new DomainError('model_not_found', 'There is no model of this name.');
  const request = requestFor(deps, input, { offer: chain[0], context });
  const holdWith = holdByOutput(chain, request);
  return {
    chain,
    request,
    parent: context.parent,
    hold: holdWith(request.maxOutputTokens),
    holdWith,
    outputTokens: Math.max(...chain.map((offer) => outputLimit(offer, request.maxOutputTokens))),
    fingerprint: input.idempotencyKey === null ? null : requestFingerprint(deps.secrets, input),
  };
}

/** With completion options the model's context limits all messages together, not this one. */
function maxMessageCharsFor(
  { policy }: PrepareMessageDeps,
  { completionOptions }: SendMessageInput,
  chain: OfferChain | null,
): number {
  if (chain === null || completionOptions !== null) return policy.maxMessageChars ?? Infinity;
  return maxMessageCharsOf(chain[0], policy);
}

type StoredContext = NonNullable<Awaited<ReturnType<ConversationStore['recentExchanges']>>>;

function requestFor(
  deps: PrepareMessageDeps,
  input: SendMessageInput,
  { offer, context }: { offer: ModelOffer; context: StoredContext },
): CompletionOptions {
  const others = () => offersForKey(deps.models, input.apiKey);
  if (input.completionOptions === null) {
    const { settings, exchanges } = context;
    const systemPrompt = input.systemPrompt ?? settings.systemPrompt;
    const request = plainRequest(contextFor({ ...offer, systemPrompt }, exchanges, input));
    // Every model supports text.
    if (hasAttachments(input) || exchanges.some(hasAttachments)) {
      throwIfAttachmentsUnsupported({ offer, others }, request);
    }
    const temperature = input.temperature ?? settings.temperature;
    if (temperature === null) return request;
    const sampling = { temperature };
    throwIfFeatureUnsupported({ offer, others }, { ...plainRequest([]), sampling });
    return { ...request, sampling };
  }
  const request = withSystemPrompt(offer, input.completionOptions);
  throwIfUnsupported({ offer, others }, request);
  return request;
}

function hasAttachments({ attachments }: Pick<EarlierExchange, 'attachments'>): boolean {
  return attachments != null && attachments.length > 0;
}

const noContext: StoredContext = { settings: noSettings, exchanges: [], parent: null };

/** Reads the settings of a conversation and its earlier exchanges, as many as the model can read. */
async function storedContext(
  deps: PrepareMessageDeps,
  { userId, conversation, completionOptions }: SendMessageInput,
  chain: OfferChain | null,
): Promise<StoredContext> {
  if (typeof conversation === 'string' || completionOptions !== null || chain === null) return noContext;
  const { id: conversationId, branch = null } = conversation;
  const bounds = { maxExchanges, maxChars: longestMessageChars(chain[0]), maxBytes: maxContextBytes };
  const context = await deps.conversationStore.recentExchanges({ userId, conversationId }, bounds, branch);
  if (context === null) throw notFound('chat');
  return context;
}

function isOtherModel(name: string | null, chain: OfferChain | null): name is string {
  return name !== null && name !== chain?.[0].name;
}

function modelOfConversation(models: ModelOffers, name: string): string {
  if (models.some((offer) => offer.name === name)) return name;
  throw new DomainError(
    'model_not_found',
    `The model of this conversation, ${name}, is no longer offered. Choose another one.`,
  );
}

/**
 * Returns the messages that a model reads: its system prompt and that of the conversation, as many of the latest exchanges as fit, and the new message.
 * The tokens of the reply are left free. The system prompts and the message are included whatever their length.
 */
export function contextFor(
  terms: Pick<ModelOffer, 'system' | 'contextTokens' | 'maxOutputTokens'> &
    Partial<Pick<ConversationSettings, 'systemPrompt'>>,
  exchanges: readonly EarlierExchange[],
  message: Pick<EarlierExchange, 'message' | 'attachments'>,
): ModelMessage[] {
  const system = [terms.system, terms.systemPrompt ?? null]
    .filter((prompt) => prompt !== null)
    .map((prompt) => textMessage('system', prompt));
  const question = userMessage(message);
  if (exchanges.length === 0) return [...system, question];
  const inputTokens = terms.contextTokens - terms.maxOutputTokens;
  let size = inputSize([...system, question]);
  let first = exchanges.length;
  for (const exchange of exchanges.toReversed()) {
    size += inputSize(messagesOf(exchange));
    if (tokensOf(size) > inputTokens) break;
    first -= 1;
  }
  return [...system, ...exchanges.slice(first).flatMap(messagesOf), question];
}

function messagesOf(exchange: EarlierExchange): ModelMessage[] {
  return [userMessage(exchange), textMessage('assistant', exchange.reply)];
}

function userMessage({
  message,
  attachments,
}: Pick<EarlierExchange, 'message' | 'attachments'>): ModelMessage {
  if (attachments == null || attachments.length === 0) return textMessage('user', message);
  const text = isBlank(message) ? [] : [{ type: 'text' as const, text: message }];
  return { role: 'user', parts: [...attachments, ...text] };
}

/** Returns the request for a reply to these messages, without any options. */
export function plainRequest(messages: readonly ModelMessage[]): CompletionOptions {
  return { messages, maxOutputTokens: null, sampling: {}, tools: [], toolChoice: null };
}

/** Returns the problems of a message; `maxChars` counts code points. One that has other parts may be blank. */
export function validateMessage(message: string, maxChars: number, mayBeBlank = false): string[] {
  const unstorable = unstorableReason(message);
  if (unstorable !== null) return [`A message ${unstorable}.`];
  if (!mayBeBlank && isBlank(message)) return ['Must not be blank.'];
  if (codePointCount(message) > maxChars) return [`Must have at most ${maxChars} characters.`];
  return [];
}

/**
 * Returns the message with its defaults, and its ids in the form in which ids are stored.
 *
 * @throws DomainError `not_found` if an id is not a UUID.
 */
export function normalizeMessage(request: SendMessageRequest): SendMessageInput {
  const { userId, conversation = 'new', ...rest } = request;
  return {
    emailVerified: false,
    apiKey: null,
    attachments: [],
    completionOptions: null,
    fitBudget: false,
    model: null,
    systemPrompt: null,
    temperature: null,
    idempotencyKey: null,
    ...rest,
    signal: rest.signal ?? new AbortController().signal,
    userId: normalizeId(userId),
    conversation: typeof conversation === 'string' ? conversation : normalizePlace(conversation),
  };
}

function normalizePlace({ id, branch = null }: Exclude<MessagePlace, string>): MessagePlace {
  if (branch === null) return { id: normalizeId(id) };
  const place =
    'afterId' in branch
      ? { afterId: normalizeId(branch.afterId) }
      : { replacesId: normalizeId(branch.replacesId) };
  return { id: normalizeId(id), branch: place };
}

/** Returns the settings that are not null; null if there are none. */
function ownSettings({
  model,
  systemPrompt,
  temperature,
}: ConversationSettings): Partial<ConversationSettings> | null {
  if (model === null && systemPrompt === null && temperature === null) return null;
  return {
    ...(model === null ? {} : { model }),
    ...(systemPrompt === null ? {} : { systemPrompt }),
    ...(temperature === null ? {} : { temperature }),
  };
}

/** Returns the conversation of a message: an earlier one, or a new one with its title and settings; null without one. */
export function conversationOf(deps: { ids: Ids }, input: SendMessageInput) {
  const { conversation, message, attachments } = input;
  if (conversation === 'none') return null;
  if (conversation === 'new') {
    const title = conversationTitle(message, attachments);
    return { id: deps.ids.next(), title, settings: ownSettings(input) };
  }
  return { id: conversation.id, title: null };
}

/**
 * Returns the title of a conversation that starts with a message: its first sentence, with the next if it is very short, and at
 * most 80 code points, in whole words where there are spaces, always in whole characters; of a message without text, the name
 * of its first file.
 */
export function conversationTitle(message: string, attachments: readonly Attachment[] = []): string {
  const file = attachments.find((attachment) => attachment.type === 'file');
  const text = isBlank(message) ? (file?.name ?? '') : message;
  const beginning = text.replace(/^[\p{White_Space}\uFEFF]+/u, '').slice(0, generatedTitleChars * 2 + 1);
  const first = firstSentences(beginning);
  const title = codePointCount(first) > generatedTitleChars ? wholeWords(first) : first;
  return title.replace(/\p{White_Space}+$/u, '') || 'Untitled';
}

function firstSentences(text: string): string {
  if (!mayHaveMore.test(text)) return text;
  let title = '';
  for (const { segment } of sentences.segment(text)) {
    title += segment;
    if (codePointCount(title) >= shortTitleChars) break;
  }
  return title;
}

/** Returns as many characters as a title can have; without the last word if it is cut, unless much would be lost. */
function wholeWords(text: string): string {
  const cut = wholeCharacters(text);
  const wordStart = cut.search(/\p{White_Space}\P{White_Space}*$/u);
  const isCutInWord = !/^\p{White_Space}/u.test(text.slice(cut.length));
  return isCutInWord && wordStart > generatedTitleChars / 2 ? cut.slice(0, wordStart) : cut;
}

function wholeCharacters(text: string): string {
  let whole = '';
  for (const { segment } of characters.segment(text)) {
    if (codePointCount(whole + segment) > generatedTitleChars) break;
    whole += segment;
  }
  // A single character with more code points than a title is cut.
  return whole || Array.from(text).slice(0, generatedTitleChars).join('');
}
