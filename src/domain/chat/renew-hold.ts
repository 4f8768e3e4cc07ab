import type { ChatLedger, ExchangeReference } from '../../ports/chat-ledger.js';
import type { Clock } from '../../ports/clock.js';
import type { Policy } from '../policy.js';
import { partialOf } from './settle-exchange.js';
import type { ReplyParts } from './model-call/gathered-reply.js';

/** A hold that is kept alive. */
export interface KeptHold {
  /** From now on each renewal saves what has come of the reply; the first one is 3 s from now. */
  save: (reply: ReplyParts) => void;
  /** Ends the renewals. */
  stop: () => void;
}

/** Most replies are complete sooner, and save nothing before their end. */
const firstSaveMs = 3000;

/**
 * Renews an exchange's hold while its model works, until it is stopped or the hold is as old as it may become. A server
 * that dies stops renewing, so that its holds and idempotency keys are free one lease later; what had come of its replies
 * is there as of the last renewal.
 */
export function keepHold(
  deps: {
    chatLedger: Pick<ChatLedger, 'renew'>;
    clock: Clock;
    policy: Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'>;
  },
  exchange: ExchangeReference,
): KeptHold {
  const { holdTtlMs, holdLeaseMs } = deps.policy;
  const endsAt = deps.clock.now().getTime() + holdTtlMs;
  let coming: ReplyParts | null = null;
  let savedSize = 0;
  // Of two renewals at once the earlier text could be written last.
  let isSaving = false;
  let stopFirstSave: (() => void) | null = null;
  const stop = () => {
    stopRenewals();
    stopFirstSave?.();
  };
  const renew = () => {
    const leftMs = endsAt - deps.clock.now().getTime();
    if (leftMs <= 0) {
      stop();
      return;
    }
    const size = coming === null || isSaving ? savedSize : sizeOf(coming);
    const partial = coming === null || size === savedSize ? null : partialOf(coming);
    isSaving ||= partial !== null;
    const renewal = deps.chatLedger.renew(exchange, Math.min(holdLeaseMs, leftMs), partial);
    renewal
      .then(() => {
        if (partial !== null) savedSize = size;
      })
      // A renewal that fails is tried again at the next turn; two may fail before the lease is over.
      .catch(() => undefined)
      .finally(() => {
        if (partial !== null) isSaving = false;
      });
  };
  const stopRenewals = deps.clock.every(holdLeaseMs / 3, renew);
  return {
    save(reply) {
      coming = reply;
      stopFirstSave = deps.clock.after(firstSaveMs, renew);
    },
    stop,
  };
}

function sizeOf({ text, toolCalls }: ReplyParts): number {
  return toolCalls.reduce((size, call) => size + 1 + call.arguments.length, text.length);
}
