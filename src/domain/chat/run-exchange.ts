import type { Clock } from '../../ports/clock.js';
import type { HoldLedger } from '../../ports/hold-ledger.js';
import type { WalletRules } from '../metering/wallet-rules.js';
import type { Policy } from '../policy.js';
import {
  renewHold,
  settleExchange,
  type OpenExchange,
  type SettleDeps,
  type SettledExchange,
} from './exchange-hold.js';
import type { MessageChunk, SendMessageRequest } from './message.js';
import { joinSignals, type JoinedSignal } from './model-call/deadlines.js';
import { relayReply } from './model-call/relay-reply.js';
import { normalizeMessage, prepareMessage, type PrepareMessageDeps } from './prepare-message.js';
import { replayExchange } from './replay-exchange.js';
import { reserveExchange } from './reserve-exchange.js';
import type { ReceivedReply, RunningReplies } from './running-replies.js';

export interface RunExchangeDeps extends PrepareMessageDeps, SettleDeps {
  holdLedger: Pick<HoldLedger, 'reserve' | 'renew' | 'settle' | 'release'>;
  clock: Clock;
  runningReplies: Pick<RunningReplies, 'begin'>;
  policy: PrepareMessageDeps['policy'] & Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'> & WalletRules;
}

/** An exchange whose credits are reserved. */
export interface BegunExchange {
  exchange: OpenExchange;
  /** Aborted when the exchange ends early: its caller left, it was stopped, or the server stops. */
  ending: JoinedSignal;
  /** Aborted when the process stops. */
  stopping: AbortSignal | undefined;
  /** What has come of the reply. */
  running: ReceivedReply;
  /** Whether the exchange runs on without its caller: it has an idempotency key. */
  runsOn: boolean;
}

/** Prepares a request and reserves its credits. Returns its exchange, or the chunks of an earlier one with the same key. */
export async function beginExchange(
  deps: RunExchangeDeps,
  request: SendMessageRequest,
): Promise<BegunExchange | { replayed: Iterable<MessageChunk> }> {
  const input = normalizeMessage(request);
  const prepared = await prepareMessage(deps, input);
  const reserved = await reserveExchange(deps, input, prepared);
  if ('replayed' in reserved) {
    const { chain, fingerprint } = prepared;
    return { replayed: replayExchange(reserved.replayed, { ...input, model: chain[0].name, fingerprint }) };
  }
  const { exchange } = reserved;
  const { signal, stopping } = input;
  const runsOn = input.idempotencyKey !== null;
  const ending = joinSignals(runsOn ? [stopping] : [signal, stopping]);
  const running = deps.runningReplies.begin(exchange, ending.abort);
  return { exchange, ending, stopping, running, runsOn };
}

/**
 * Relays the reply of a begun exchange, adds it to what is followed, then settles or releases the hold. Rejects if the hold cannot
 * be ended; followers get the error.
 *
 * @param wait Called after each chunk; the next one is read when it resolves.
 */
export async function runExchange(
  deps: RunExchangeDeps,
  { exchange, ending, stopping, running }: BegunExchange,
  wait: () => Promise<void> | undefined,
): Promise<SettledExchange> {
  const { signal } = ending;
  const renewal = renewHold(deps, exchange);
  const pass = (chunk: MessageChunk) => {
    running.add(chunk);
    return wait();
  };
  try {
    const { exchangeId, conversationId, createdAt, chain, request } = exchange;
    await pass({ type: 'started', exchangeId, conversationId, createdAt, replayed: false, balance: null });
    const relaying = { clock: deps.clock, onStarted: renewal.save, pass };
    const reply = await relayReply(relaying, chain, { ...request, signal });
    const settled = await settleExchange(deps, exchange, reply, { signal, stopping });
    if (settled.sent !== null) running.add({ type: 'done', ...settled.sent });
    running.end(settled.sent === null ? settled.error : null);
    return settled;
  } catch (error) {
    running.end(error);
    throw error;
  } finally {
    renewal.stop();
    ending.detach();
  }
}
