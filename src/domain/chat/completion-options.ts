import type { AiModel, ModelMessage, ModelFeature, ReplyRequest } from '../../ports/ai-model.js';
import type { Secrets } from '../../ports/secrets.js';
import { DomainError, type FieldErrors } from '../errors.js';
import type { ModelOffer } from './model-offer.js';
import { estimateInput } from './price.js';
import type { CompletionOptions } from './message.js';

/** What a model is asked where nobody wishes for more than an answer. */
export function plainRequest(messages: readonly ModelMessage[]): CompletionOptions {
  return { messages, maxOutputTokens: null, sampling: {}, tools: [], toolChoice: null };
}

/** What a model is asked, its own system prompt first. */
export function wishedRequest(
  { system }: Pick<ModelOffer, 'system'>,
  completionOptions: CompletionOptions,
): CompletionOptions {
  if (system === null) return completionOptions;
  return {
    ...completionOptions,
    messages: [{ role: 'system', text: system }, ...completionOptions.messages],
  };
}

/**
 * Refuses what a model cannot do, `unsupported_parameter` by name, and a list of messages that is longer than what it
 * reads, `context_length_exceeded`: of what a caller chose to show, nothing may be left out.
 */
export function refuseWishes({ model, contextTokens }: ModelOffer, request: CompletionOptions): void {
  const faults = unsupportedBy(model, request);
  if (Object.keys(faults).length > 0) {
    throw new DomainError('unsupported_parameter', 'This model does not take what was asked for.', {
      fieldErrors: faults,
    });
  }
  if (estimateInput(request.messages, Infinity, request.tools) > contextTokens) {
    const message = `The messages and tools are longer than the ${contextTokens} tokens that this model reads.`;
    throw new DomainError('context_length_exceeded', message, { fieldErrors: { messages: [message] } });
  }
}

/** Whether a model can do all that a request asks for. */
export function canDo(model: AiModel, request: Pick<ReplyRequest, 'tools' | 'sampling'>): boolean {
  return Object.keys(unsupportedBy(model, request)).length === 0;
}

/** What of a request a model would have to leave out or change, by the name of the parameter. */
function unsupportedBy(
  { unsupported, limits = {} }: AiModel,
  request: Pick<ReplyRequest, 'tools' | 'sampling'>,
): FieldErrors {
  const faults: FieldErrors = {};
  for (const name of unsupported) if (asksFor(name, request)) faults[name] = ['This model does not take it.'];
  for (const name of ['temperature', 'topP'] as const) {
    const limit = limits[name];
    if (limit === undefined || (request.sampling[name] ?? 0) <= limit || name in faults) continue;
    faults[name] = [`Must be at most ${limit} for this model.`];
  }
  return faults;
}

function asksFor(what: ModelFeature, { tools, sampling }: Pick<ReplyRequest, 'tools' | 'sampling'>): boolean {
  if (what === 'tools') return tools.length > 0;
  if (what === 'strictTools') return tools.some(({ strict }) => strict === true);
  return sampling[what] !== undefined;
}

/** Tells wishes apart: the same for the same ones, in whatever order their names come. */
export function fingerprintOf(
  secrets: Pick<Secrets, 'digest'>,
  completionOptions: CompletionOptions | null,
): string | null {
  return completionOptions === null ? null : secrets.digest(canonicalJson(completionOptions));
}

/** JSON with the names of every object sorted; what is undefined is absent. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join()}}`;
}
