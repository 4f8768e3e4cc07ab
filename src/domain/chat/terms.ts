import type { ModelMessage, ReplyRequest } from '../../ports/ai-model.js';
import type { Clock } from '../../ports/clock.js';
import type { EarlierTurn } from './conversation.js';
import type { ModelOffer, ModelOffers } from './model-offer.js';
import { relayReply, type RelayedPiece, type RelayedReply } from './relay-reply.js';
import type { Usage } from './usage.js';

/** A model and the fallbacks that are asked in turn when it fails before its first piece. */
export type ModelChain = readonly [ModelOffer, ...ModelOffer[]];

/** The model of a name, the default one for null; undefined when there is none. */
export function chainOf(offers: ModelOffers, name: string | null): ModelChain | undefined {
  const asked = offers.find((offer) => name === null || offer.name === name);
  return asked && [asked];
}

/** What a model is shown: its system prompt, what was said earlier, and the message. */
export function modelMessages(
  { system }: ModelOffer,
  turns: readonly EarlierTurn[],
  message: string,
): ModelMessage[] {
  return [
    ...(system === null ? [] : [{ role: 'system' as const, text: system }]),
    ...turns.flatMap((turn): ModelMessage[] => [
      { role: 'user', text: turn.message },
      { role: 'assistant', text: turn.reply, toolCalls: [] },
    ]),
    { role: 'user', text: message },
  ];
}

/** The most that an answer can cost. */
export const holdFor: (
  chain: ModelChain,
  messages: readonly ModelMessage[],
  maxOutputTokens: number | null,
) => number = ([asked]) => flatPrice(asked);

/** What an answer costs. */
export function chargeFor(
  offer: ModelOffer,
  _usage: Usage | null,
  _messages: readonly ModelMessage[],
  _replyText: string,
  hold: number,
): number {
  return Math.min(flatPrice(offer), hold);
}

/** Asks the models of a chain. */
export function relay(
  _needs: { clock: Clock },
  chain: ModelChain,
  request: ReplyRequest,
): AsyncGenerator<RelayedPiece, RelayedReply> {
  return relayReply(chain[0], request);
}

function flatPrice({ price }: ModelOffer): number {
  if (!('perMessage' in price)) throw new TypeError('Only flat prices can be charged.');
  return price.perMessage;
}
