import type { Secrets } from '../../ports/secrets.js';
import { DomainError, throwIfInvalid } from '../errors.js';
import { mediaProblems } from './media.js';
import type { CompletionOptions, SendMessageInput } from './message.js';
import { textMessage } from './model-message.js';
import { type ModelOffer, supports, unsupportedBy } from './model-offer.js';
import { estimateTexts } from '../metering/usage.js';

/** Returns the options with the model's own system prompt as the first message. */
export function withSystemPrompt(
  { system }: Pick<ModelOffer, 'system'>,
  options: CompletionOptions,
): CompletionOptions {
  if (system === null) return options;
  return { ...options, messages: [textMessage('system', system), ...options.messages] };
}

/** A model that is asked, and what its caller may choose in place of it. */
export interface ChosenOffer {
  offer: ModelOffer;
  /** Returns all models that the caller may use. */
  others: () => readonly ModelOffer[];
}

/**
 * Rejects options that a model does not support, and messages whose texts are longer than its context: no message that
 * the caller chose may be left out.
 *
 * @throws DomainError `unsupported_parameter`, which names each parameter, or `context_length_exceeded`.
 */
export function throwIfUnsupported(chosen: ChosenOffer, request: CompletionOptions): void {
  const { offer } = chosen;
  throwIfFeatureUnsupported(chosen, request);
  const { contextTokens } = offer;
  if (estimateTexts(request.messages, request) > contextTokens) {
    const message = `The messages and tools are longer than the context of this model, ${contextTokens} tokens.`;
    throw new DomainError('context_length_exceeded', message, { fieldErrors: { messages: [message] } });
  }
}

/**
 * Rejects images and files that no provider reads, and options that a model does not support.
 *
 * @throws DomainError `invalid_input`, or `unsupported_parameter`, which names each parameter.
 */
export function throwIfFeatureUnsupported(chosen: ChosenOffer, request: CompletionOptions): void {
  throwIfInvalid({ messages: mediaProblems(request.messages) });
  const faults = Object.entries(unsupportedBy(chosen.offer, request));
  if (faults.length === 0) return;
  const advice = modelsFor(chosen, request);
  throw new DomainError(
    'unsupported_parameter',
    'This model does not support all parameters of the request.',
    {
      fieldErrors: Object.fromEntries(
        faults.map(([name, problems]) => [name, advice === null ? problems : [...problems, advice]]),
      ),
    },
  );
}

/** As many as help to choose. */
const mostNames = 5;

/** Returns a sentence that names models that support a request; null if there are none. */
function modelsFor({ others }: ChosenOffer, request: CompletionOptions): string | null {
  const names: string[] = [];
  for (const other of others()) {
    if (names.length === mostNames) break;
    if (supports(other, request)) names.push(other.name);
  }
  return names.length === 0 ? null : `Models that support this request: ${names.join(', ')}.`;
}

const featureTexts: Partial<Record<string, string>> = { fileUrls: 'files by address' };

/**
 * Rejects images and files of a conversation that the model does not support: without them, the reply would be about
 * something else.
 *
 * @throws DomainError `unsupported_parameter`, which names `attachments`.
 */
export function throwIfAttachmentsUnsupported(chosen: ChosenOffer, request: CompletionOptions): void {
  const { offer } = chosen;
  const features = Object.keys(unsupportedBy(offer, request)).map((name) => featureTexts[name] ?? name);
  if (features.length === 0) return;
  const problem = `The model ${offer.name} does not support ${features.join(' and ')}, which this conversation has.`;
  const advice = modelsFor(chosen, request);
  const sentences = advice === null ? [problem] : [problem, advice];
  throw new DomainError('unsupported_parameter', sentences.join(' '), {
    fieldErrors: { attachments: sentences },
  });
}

/** Returns the digest of options and attachments, which is the same for any order of their fields; null without any. */
export function requestFingerprint(
  secrets: Pick<Secrets, 'digest'>,
  {
    completionOptions,
    fitBudget,
    attachments,
    systemPrompt,
    temperature,
    conversation,
  }: Pick<
    SendMessageInput,
    'completionOptions' | 'fitBudget' | 'attachments' | 'systemPrompt' | 'temperature' | 'conversation'
  >,
): string | null {
  // What is not used is left out, for exchanges that began before there was any.
  const used = {
    ...completionOptions,
    ...(fitBudget ? { fitBudget } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(systemPrompt === null ? {} : { systemPrompt }),
    ...(temperature === null ? {} : { temperature }),
    ...(typeof conversation === 'string' ? {} : conversation.branch),
  };
  return Object.keys(used).length === 0 ? null : secrets.digest(canonicalJson(used));
}

/** JSON with the fields of every object sorted and undefined ones left out. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join()}}`;
}
