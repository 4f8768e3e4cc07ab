import type { HoldLedger, ExchangeReference } from '../../ports/hold-ledger.js';
import type { Clock } from '../../ports/clock.js';
import type { Policy } from '../policy.js';
import type { ReplyParts } from './model-call/gathered-reply.js';
import { partialOf } from './settle-exchange.js';

/** The renewals of a hold. */
export interface HoldRenewal {
  /** From now on each renewal saves what has come of the reply; the first one follows in 3 s. */
  save: (reply: ReplyParts) => void;
  stop: () => void;
}

/** Most replies are complete sooner, and save nothing before their end. */
const firstSaveMs = 3000;

/**
 * Renews the hold of an exchange every third of its lease, until it is stopped or the hold reaches its maximum age. The
 * holds and idempotency keys of a server that dies are free one lease later; what had come of its replies by the last
 * renewal is stored.
 */
export function renewHold(
  deps: {
    holdLedger: Pick<HoldLedger, 'renew'>;
    clock: Clock;
    policy: Pick<Policy, 'holdTtlMs' | 'holdLeaseMs'>;
  },
  exchange: ExchangeReference,
): HoldRenewal {
  const { holdTtlMs, holdLeaseMs } = deps.policy;
  const endsAt = deps.clock.now().getTime() + holdTtlMs;
  let reply: ReplyParts | null = null;
  let savedSize = 0;
  // If two renewals ran at once, the earlier text could be written last.
  let isSaving = false;
  let clearFirstSave: (() => void) | null = null;
  const stop = () => {
    clearRenewals();
    clearFirstSave?.();
  };
  const renew = () => {
    const leftMs = endsAt - deps.clock.now().getTime();
    if (leftMs <= 0) {
      stop();
      return;
    }
    const size = reply === null || isSaving ? savedSize : sizeOf(reply);
    const partial = reply === null || size === savedSize ? null : partialOf(reply);
    isSaving ||= partial !== null;
    const renewal = deps.holdLedger.renew(exchange, Math.min(holdLeaseMs, leftMs), partial);
    renewal
      .then(() => {
        if (partial !== null) savedSize = size;
      })
      // A renewal that fails is repeated by the next one; two may fail before the lease is over.
      .catch(() => undefined)
      .finally(() => {
        if (partial !== null) isSaving = false;
      });
  };
  const clearRenewals = deps.clock.every(holdLeaseMs / 3, renew);
  return {
    save(startedReply) {
      reply = startedReply;
      clearFirstSave = deps.clock.after(firstSaveMs, renew);
    },
    stop,
  };
}

function sizeOf({ text, toolCalls }: ReplyParts): number {
  return toolCalls.reduce((size, call) => size + 1 + call.arguments.length, text.length);
}
