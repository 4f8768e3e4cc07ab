import type { Clock } from '../../ports/clock.js';
import type { Statistics } from '../../ports/statistics.js';
import { requireAdmin, type AdminCaller } from '../auth/caller.js';
import type { Policy } from '../policy.js';
import { offeredModels, type ModelOffer, type OfferedModel } from '../chat/model-offer.js';

export interface ReadModelHealthDeps {
  models: readonly ModelOffer[];
  statistics: Pick<Statistics, 'modelResults'>;
  clock: Pick<Clock, 'now'>;
  policy: Pick<Policy, 'maxMessageChars'>;
}

/** How a model has worked, from the chats that it was asked for; nothing is asked to find out. */
export interface ModelHealth {
  /** When the last chat began that it replied to; null if there is none in the last 30 days. */
  lastSuccessAt: Date | null;
  /** Chats of the last hour that it replied to. */
  replies: number;
  /** Chats of the last hour that it was asked for, also as a fallback, and failed at, whether or not another model replied. */
  failures: number;
  /** Failures among both, from 0 to 1; null if there are none of both. */
  errorRate: number | null;
}

const hourMs = 60 * 60 * 1000;
const successWithinMs = 30 * 24 * hourMs;

/** Returns every model on offer with its health. Rejects with `admin_required`. */
export async function readModelHealth(
  deps: ReadModelHealthDeps,
  { caller }: { caller: AdminCaller },
): Promise<(OfferedModel & { health: ModelHealth })[]> {
  requireAdmin(caller, 'read');
  const nowMs = deps.clock.now().getTime();
  const results = await deps.statistics.modelResults({
    from: new Date(nowMs - successWithinMs),
    countedFrom: new Date(nowMs - hourMs),
  });
  const byModel = new Map(results.map((result) => [result.model, result]));
  return offeredModels(deps.models, deps.policy).map((model) => {
    const { lastSuccessAt = null, replies = 0, failures = 0 } = byModel.get(model.name) ?? {};
    const asked = replies + failures;
    const errorRate = asked === 0 ? null : failures / asked;
    return { ...model, health: { lastSuccessAt, replies, failures, errorRate } };
  });
}
