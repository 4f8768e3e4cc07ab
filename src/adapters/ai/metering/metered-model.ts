import { defaultTerms } from '../../../domain/chat/model-offer.js';
import { priceProblems, type Price, type PricedModel } from '../../../domain/metering/price.js';
import {
  payingUser,
  type AiSdkModel,
  type CallableModel,
  type CallOptions,
  type MeteringCore,
  type PayingUser,
} from './language-model.js';
import { beginCall, type MeteredCall } from './metered-call.js';
import { meterStream } from './metered-stream.js';

/**
 * Who pays for the calls of a model, and how much.
 *
 * @example
 * ```ts
 * const options: MeteredModelOptions = { core, userId, price: { per1mInput: 150_000, per1mOutput: 600_000 } };
 * ```
 */
export interface MeteredModelOptions {
  core: MeteringCore;
  /** The id of the account that pays, or a function that returns it for each call. */
  userId: PayingUser;
  /** In credits, for each call; by default that of the offer of the core with the model's id as its name. */
  price?: Price;
  /** The most tokens that the model reads; by default that of the offer, else there is no limit. */
  contextTokens?: number;
  /**
   * The most tokens that the model writes in one call, which it is sent; by default that of the offer, else 4,096. With a flat
   * price and without an offer there is no limit.
   */
  maxOutputTokens?: number;
  /** What the ledger calls it; by default `model.call`. */
  action?: string;
}

/**
 * Returns a model of the AI SDK whose calls an account pays for: by `generateText`, `streamText`, agents, or any other function
 * that takes a model. Each call, which is a step of an agent, holds the most credits that it can cost, and ends the hold once:
 *
 * - the reply is complete: its price;
 * - the provider fails, or ends without a reason: nothing;
 * - the caller aborts the call or cancels its stream: nothing before any output came; then the flat price, or by usage the
 *   estimate of what came;
 * - the process dies: nothing; the hold returns within 2 minutes.
 *
 * The hold is renewed for an hour at most; then the call is aborted. What the model returns is passed on as it is, at the pace
 * of the reader; the end of a stream comes when the charge is in the ledger. Retries of the AI SDK are calls of their own.
 *
 * A call rejects before the provider is asked with a TypeError if it names no user, or with a DomainError:
 * `insufficient_credits`, `cap_reached`, `debt_outstanding`, `not_found` if there is no such account.
 *
 * @param model A model of specification version 2, 3 or 4: of AI SDK 5, 6 or 7.
 * @param options Who pays, and how much.
 * @returns A model of the same version.
 * @throws TypeError if the price is invalid, or if there is none and the core has no offer of this name.
 * @example
 * ```ts
 * import { streamText } from 'ai';
 * import { createAnthropic } from '@ai-sdk/anthropic';
 * import { meteredModel } from 'metered-chat/ai-sdk';
 *
 * const claude = createAnthropic({ apiKey }).chat('claude-sonnet-4-5');
 * const price = { per1mInput: 3_000, per1mOutput: 15_000 };
 * const { textStream } = streamText({ model: meteredModel(claude, { core, userId, price }), prompt: 'Hello' });
 * for await (const text of textStream) process.stdout.write(text);
 * ```
 */
export function meteredModel<Model extends AiSdkModel>(model: Model, options: MeteredModelOptions): Model {
  if (typeof (model as unknown) !== 'object') {
    throw new TypeError('The model must be an object of a provider of the AI SDK, not the id of a model.');
  }
  termsOf(model, options);
  const called = model as unknown as CallableModel;
  const begin = async (call: CallOptions) => {
    const { core, action = 'model.call' } = options;
    const { provider, modelId } = model;
    const payment = { userId: payingUser(options.userId), action, details: { provider, model: modelId } };
    return beginCall({ metering: core.metering, ...payment, terms: termsOf(model, options) }, call);
  };
  const metered: AiSdkModel = {
    specificationVersion: model.specificationVersion,
    provider: model.provider,
    modelId: model.modelId,
    get supportedUrls() {
      return model.supportedUrls;
    },
    doGenerate: async (options: CallOptions) => generate(called, await begin(options)),
    doStream: async (options: CallOptions) => stream(called, await begin(options)),
  };
  return metered as Model;
}

/** The terms of a model: those that were given, else those of the offer of its name. */
function termsOf({ modelId }: AiSdkModel, options: MeteredModelOptions): PricedModel {
  const offer = options.core.chat.models().find(({ name }) => name === modelId);
  const price = options.price ?? offer?.price;
  if (price === undefined) {
    throw new TypeError(
      `"${modelId}" has no price: pass \`price\`, or offer a model of this name in the core.`,
    );
  }
  const [problem] = priceProblems(price);
  if (problem !== undefined) throw new TypeError(`The price of "${modelId}" is invalid: ${problem}.`);
  const noLimit = Number.MAX_SAFE_INTEGER;
  const ofPrice = 'perMessage' in price ? noLimit : defaultTerms.maxOutputTokens;
  return {
    price,
    contextTokens: options.contextTokens ?? offer?.contextTokens ?? noLimit,
    maxOutputTokens: options.maxOutputTokens ?? offer?.maxOutputTokens ?? ofPrice,
  };
}

async function generate(model: CallableModel, call: MeteredCall): Promise<object> {
  try {
    const reply = await callModel(call, () => model.doGenerate(call.options));
    await call.finish(reply);
    return reply;
  } finally {
    call.ending.detach();
  }
}

async function stream(model: CallableModel, call: MeteredCall) {
  const begun = await callModel(call, () => model.doStream(call.options));
  return { ...begun, stream: meterStream(begun.stream, call) };
}

/** Calls a model. If that fails, the call is charged nothing; if its hold was lost, throws the reason of that. */
async function callModel<Result>(call: MeteredCall, ask: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    call.ending.detach();
    await call.fail();
    throw call.wasLost() ? call.ending.signal.reason : error;
  }
}
