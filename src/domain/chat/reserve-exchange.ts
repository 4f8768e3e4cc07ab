import type { HoldLedger } from '../../ports/hold-ledger.js';
import type { Ids } from '../../ports/ids.js';
import { DomainError, notFound } from '../errors.js';
import { capReached } from '../metering/cap-reached.js';
import { chatAction } from '../metering/hold.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import { debtOutstanding } from '../orders/debt-outstanding.js';
import type { Policy } from '../policy.js';
import { conversationTitle } from './conversation.js';
import type { OpenExchange } from './exchange-hold.js';
import type { Exchange } from './exchange.js';
import type { SendMessageInput } from './message.js';
import type { PreparedMessage } from './prepare-message.js';

export interface ReserveExchangeDeps {
  holdLedger: Pick<HoldLedger, 'reserve'>;
  ids: Ids;
  policy: WalletRules & Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'>;
}

/** The lowest limit that `fitBudget` sets: what is shorter is of no use. */
export const minFittedOutputTokens = 16;

/**
 * Reserves the credits of a message. Returns its open exchange, or the earlier one of a repeated idempotency key.
 *
 * With `fitBudget`, a limit for the output that the balance does not cover is lowered to what it covers. If another chat takes
 * credits before they are reserved, the limit is lowered again: it is lower at each attempt, so that the attempts end.
 */
export async function reserveExchange(
  deps: ReserveExchangeDeps,
  input: SendMessageInput,
  prepared: PreparedMessage,
): Promise<{ exchange: OpenExchange } | { replayed: Exchange }> {
  const { userId, message, idempotencyKey } = input;
  const { chain, fingerprint, holdWith } = prepared;
  const exchangeId = deps.ids.next();
  const conversation = conversationOf(deps, input);
  let { request, hold } = prepared;
  for (;;) {
    const reserved = await deps.holdLedger.reserve({
      exchangeId,
      userId,
      action: chatAction,
      chat: {
        ...{ conversation, model: chain[0].name, message, price: chain[0].price },
        attachments: input.attachments.length === 0 ? null : input.attachments,
      },
      keyId: input.apiKey?.keyId ?? null,
      details: null,
      hold,
      leaseMs: Math.min(deps.policy.holdLeaseMs, deps.policy.holdTtlMs),
      idempotencyKey,
      requestFingerprint: fingerprint,
      rules: deps.policy,
      ids: deps.ids,
    });
    switch (reserved.outcome) {
      case 'reserved': {
        const conversationId = conversation?.id ?? null;
        const { createdAt } = reserved;
        return { exchange: { userId, exchangeId, conversationId, createdAt, chain, request } };
      }
      case 'key_claimed':
        return { replayed: reserved.exchange };
      case 'insufficient': {
        const { balance } = reserved;
        const affordable = affordableOutput(prepared, balance);
        if (!input.fitBudget || affordable === null || affordable < minFittedOutputTokens) {
          throw insufficient(balance, prepared.hold, affordable);
        }
        request = { ...request, maxOutputTokens: affordable };
        hold = holdWith(affordable);
        break;
      }
      case 'debt_outstanding':
        throw debtOutstanding(reserved.debt);
      case 'cap_reached':
        throw capReached(reserved.cap, hold);
      case 'no_such_user':
        throw notFound('account');
      case 'no_such_conversation':
        throw notFound('conversation');
    }
  }
}

/**
 * Returns the most tokens of output that a balance covers, below the limit of the request; null if the hold does not depend
 * on the output.
 */
export function affordableOutput(
  { hold, holdWith, outputTokens }: Pick<PreparedMessage, 'hold' | 'holdWith' | 'outputTokens'>,
  balance: number,
): number | null {
  const withoutOutput = holdWith(0);
  if (withoutOutput === hold) return null;
  if (withoutOutput > balance) return 0;
  let [covered, uncovered] = [0, outputTokens];
  while (uncovered - covered > 1) {
    const middle = Math.floor((covered + uncovered) / 2);
    if (holdWith(middle) <= balance) covered = middle;
    else uncovered = middle;
  }
  return covered;
}

function insufficient(balance: number, required: number, affordable: number | null): DomainError {
  const sentence = `The balance is too low: ${balance} available, ${required} required.`;
  const advice = affordable === null || affordable === 0 ? '' : ` It covers ${affordable} tokens of output.`;
  return new DomainError('insufficient_credits', sentence + advice, {
    balance,
    required,
    ...(affordable === null ? {} : { affordableOutputTokens: affordable }),
  });
}

function conversationOf(
  deps: Pick<ReserveExchangeDeps, 'ids'>,
  { conversation, message, attachments }: SendMessageInput,
) {
  if (conversation === 'none') return null;
  if (conversation === 'new') return { id: deps.ids.next(), title: conversationTitle(message, attachments) };
  return { id: conversation.id, title: null };
}
