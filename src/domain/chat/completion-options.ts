import type { Secrets } from '../../ports/secrets.js';
import { DomainError, throwIfInvalid } from '../errors.js';
import { mediaProblems } from './media.js';
import type { CompletionOptions, SendMessageInput } from './message.js';
import { textMessage } from './model-message.js';
import { type ModelOffer, unsupportedBy } from './model-offer.js';
import { estimateTexts } from '../metering/usage.js';

/** Returns the options with the model's own system prompt as the first message. */
export function withSystemPrompt(
  { system }: Pick<ModelOffer, 'system'>,
  options: CompletionOptions,
): CompletionOptions {
  if (system === null) return options;
  return { ...options, messages: [textMessage('system', system), ...options.messages] };
}

/**
 * Rejects options that a model does not support, and messages whose texts are longer than its context: no message that
 * the caller chose may be left out.
 *
 * @throws DomainError `unsupported_parameter`, which names each parameter, or `context_length_exceeded`.
 */
export function throwIfUnsupported(offer: ModelOffer, request: CompletionOptions): void {
  throwIfFeatureUnsupported(offer, request);
  const { contextTokens } = offer;
  if (estimateTexts(request.messages, request.tools) > contextTokens) {
    const message = `The messages and tools are longer than the context of this model, ${contextTokens} tokens.`;
    throw new DomainError('context_length_exceeded', message, { fieldErrors: { messages: [message] } });
  }
}

/**
 * Rejects images and files that no provider reads, and options that a model does not support.
 *
 * @throws DomainError `invalid_input`, or `unsupported_parameter`, which names each parameter.
 */
export function throwIfFeatureUnsupported(offer: ModelOffer, request: CompletionOptions): void {
  throwIfInvalid({ messages: mediaProblems(request.messages) });
  const faults = unsupportedBy(offer, request);
  if (Object.keys(faults).length > 0) {
    throw new DomainError(
      'unsupported_parameter',
      'This model does not support all parameters of the request.',
      {
        fieldErrors: faults,
      },
    );
  }
}

const featureTexts: Partial<Record<string, string>> = { fileUrls: 'files by address' };

/**
 * Rejects images and files of a conversation that the model does not support: without them, the reply would be about
 * something else.
 *
 * @throws DomainError `unsupported_parameter`, which names `attachments`.
 */
export function throwIfAttachmentsUnsupported(offer: ModelOffer, request: CompletionOptions): void {
  const features = Object.keys(unsupportedBy(offer, request)).map((name) => featureTexts[name] ?? name);
  if (features.length === 0) return;
  const message = `The model ${offer.name} does not support ${features.join(' and ')}, which this conversation has.`;
  throw new DomainError('unsupported_parameter', message, { fieldErrors: { attachments: [message] } });
}

/** Returns the digest of options and attachments, which is the same for any order of their fields; null without any. */
export function requestFingerprint(
  secrets: Pick<Secrets, 'digest'>,
  {
    completionOptions,
    fitBudget,
    attachments,
  }: Pick<SendMessageInput, 'completionOptions' | 'fitBudget' | 'attachments'>,
): string | null {
  const hasAttachments = attachments.length > 0;
  if (completionOptions === null && !fitBudget && !hasAttachments) return null;
  // What is not used is left out, for exchanges that began before there was any.
  return secrets.digest(
    canonicalJson({
      ...completionOptions,
      ...(fitBudget ? { fitBudget } : {}),
      ...(hasAttachments ? { attachments } : {}),
    }),
  );
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
