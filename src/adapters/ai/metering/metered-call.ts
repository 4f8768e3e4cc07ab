import { joinSignals, type JoinedSignal } from '../../../domain/chat/model-call/deadlines.js';
import { chargeFor, holdByOutput, type PricedModel } from '../../../domain/metering/price.js';
import type { ChargeDetails } from '../../../domain/metering/hold.js';
import type { Usage } from '../../../domain/metering/usage.js';
import { countOf, recordOf } from '../lenient-json.js';
import { holdForCall } from './call-hold.js';
import type { CallOptions, MeteringCore } from './language-model.js';
import { readByModel } from './prompt.js';
import { receiveReply, type ReceivedReply } from './received-reply.js';

/** What a call of a model is charged to, and by which terms. */
export interface CallTerms {
  metering: MeteringCore['metering'];
  userId: string;
  action: string;
  /** Facts for the ledger. */
  details: ChargeDetails;
  /** `maxOutputTokens` is the highest safe integer if there is no limit. */
  terms: PricedModel;
}

/** A call whose credits are held. The first of its ends counts; later ones do nothing. */
export interface MeteredCall {
  /** What the model is called with. */
  options: CallOptions;
  reply: ReceivedReply;
  /** Aborted when the call ends early: its caller left, or its hold was lost. */
  ending: JoinedSignal;
  /** Ends a reply: charges it if the provider completed it, else nothing. */
  finish(end: object): Promise<void>;
  /** Ends a call whose caller left: charges what came. */
  leave(): Promise<void>;
  /** Ends a call that failed: charges nothing. */
  fail(): Promise<void>;
  /** Returns whether the call was aborted because its hold could no longer be renewed. */
  wasLost(): boolean;
}

/**
 * Holds the most credits that a call can cost.
 *
 * @throws DomainError of `core.metering.reserve`; the reason of the caller's signal if it is aborted.
 */
export async function beginCall(
  { metering, userId, action, details, terms }: CallTerms,
  asked: CallOptions,
): Promise<MeteredCall> {
  const { price } = terms;
  const maxOutputTokens = Math.min(asked.maxOutputTokens ?? terms.maxOutputTokens, terms.maxOutputTokens);
  const hasLimit = maxOutputTokens < Number.MAX_SAFE_INTEGER;
  const priced = {
    ...terms,
    maxOutputTokens: hasLimit ? maxOutputTokens + reasoningBudget(asked) : maxOutputTokens,
  };
  // A flat price does not depend on the input.
  const read = 'perMessage' in price ? { messages: [], tools: [] } : readByModel(asked);
  const request = { ...read, maxOutputTokens: null };
  asked.abortSignal?.throwIfAborted();
  const ending = joinSignals([asked.abortSignal]);
  const amount = holdByOutput([priced], request)(null);
  const holding = holdForCall(metering, { userId, action, amount, details }, ending.abort);
  const hold = await holding.catch((error: unknown) => {
    ending.detach();
    throw error;
  });
  if (ending.signal.aborted) {
    ending.detach();
    await hold.release();
    throw ending.signal.reason;
  }
  const reply = receiveReply();
  const charge = async (isComplete: boolean) => {
    const { credits, usage } = chargeFor(priced, { reply, isComplete, request });
    await hold.settle({ amount: credits, details: { ...details, ...usageDetails(usage) } });
  };
  return {
    options: { ...asked, ...(hasLimit ? { maxOutputTokens } : {}), abortSignal: ending.signal },
    reply,
    ending,
    finish: (end) => (reply.finish({ ...end }) ? charge(true) : hold.release()),
    leave: () => (reply.hasOutput ? charge(false) : hold.release()),
    fail: () => hold.release(),
    wasLost: () => ending.signal.aborted && asked.abortSignal?.aborted !== true,
  };
}

/** The AI SDK adds this budget for Anthropic's models to the limit for the output. */
function reasoningBudget({ providerOptions }: CallOptions): number {
  const { thinking } = recordOf(recordOf(providerOptions)?.['anthropic']) ?? {};
  return Math.max(0, Math.round(countOf(recordOf(thinking)?.['budgetTokens']) ?? 0));
}

function usageDetails(usage: Usage | null): ChargeDetails {
  if (usage === null) return {};
  return {
    input_tokens: usage.input,
    cached_input_tokens: usage.cachedInput,
    cache_write_tokens: usage.cacheWrite,
    output_tokens: usage.output,
    reasoning_tokens: usage.reasoning,
  };
}
