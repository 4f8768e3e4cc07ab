import type { CapStore, NewCap } from '../../ports/cap-store.js';
import type { Ids } from '../../ports/ids.js';
import type { ModelOffers } from '../chat/model-offer.js';
import { DomainError, invalidInput, notFound, throwIfInvalid, type FieldErrors } from '../errors.js';
import { normalizeId } from '../text.js';
import { maxCapsPerSetter, validateCapLimit, type Cap, type CapState, type CapSubject } from './cap.js';
import { readCaps, type ReadCapsDeps } from './read-caps.js';

export interface SetCapDeps extends ReadCapsDeps {
  capStore: Pick<CapStore, 'set' | 'states'>;
  ids: Ids;
  models: ModelOffers;
}

/**
 * A cap to set: of the account, of one of its API keys, or of a model.
 *
 * @example
 * ```ts
 * declare const keyId: string;
 * const daily: CapInput = { scope: 'account', window: 'day', limit: 500 };
 * const ofKey: CapInput = { scope: 'key', keyId, window: 'total', limit: 10_000 };
 * ```
 */
export type CapInput = Pick<Cap, 'scope' | 'window' | 'limit'> & Partial<Pick<Cap, 'keyId' | 'model'>>;

/** A cap that was set; `isNew` is false if it replaced the limit of an earlier one. */
export interface SetCap {
  capId: string;
  state: CapState;
  isNew: boolean;
}

/**
 * Sets a cap on an account, on behalf of a caller who may. Rejects with `invalid_input`, `too_many_caps`, or `not_found` if
 * there is no such account.
 */
export async function setCap(
  deps: SetCapDeps,
  input: CapInput,
  { userId, setBy }: Pick<NewCap, 'userId' | 'setBy'>,
): Promise<SetCap> {
  const { scope, window, limit, keyId, model } = normalizeCap(input);
  throwIfInvalid(validateCap(deps, { scope, limit, keyId, model }));
  const set = await deps.capStore.set({
    ...{ id: deps.ids.next(), userId, scope, keyId, model, window, limit, setBy },
    maxCaps: maxCapsPerSetter,
  });
  switch (set.outcome) {
    case 'created':
    case 'changed': {
      const { id: capId } = set.cap;
      const state = (await readCaps(deps, userId)).find(({ cap }) => cap.id === capId);
      if (state === undefined) throw notFound('cap');
      return { capId, state, isNew: set.outcome === 'created' };
    }
    case 'no_such_key':
      throw invalidInput(noSuchKey);
    case 'too_many':
      throw new DomainError('too_many_caps', `An account can have at most ${maxCapsPerSetter} caps.`);
    case 'no_such_user':
      throw notFound('account');
  }
}

/**
 * Returns a cap with its key as its id is stored.
 *
 * @throws DomainError `not_found` if the id of the key is not a UUID.
 */
export function normalizeCap({ keyId = null, model = null, ...cap }: CapInput): Required<CapInput> {
  return { ...cap, keyId: keyId === null ? null : normalizeId(keyId), model };
}

const noSuchKey = { key_id: ['Must be the id of an API key of the account.'] };

function validateCap(
  { models }: Pick<SetCapDeps, 'models'>,
  { scope, limit, keyId, model }: CapSubject & Pick<Cap, 'limit'>,
): FieldErrors {
  return {
    key_id: validateSubject('key', { scope, value: keyId }),
    model:
      scope === 'model' && model !== null && !models.some(({ name }) => name === model)
        ? ['Must be the name of a model on offer.']
        : validateSubject('model', { scope, value: model }),
    limit: validateCapLimit(limit),
  };
}

function validateSubject(
  of: 'key' | 'model',
  { scope, value }: { scope: Cap['scope']; value: string | null },
): string[] {
  if (scope === of) return value === null ? [`Is required with the scope "${of}".`] : [];
  return value === null ? [] : [`Is allowed only with the scope "${of}".`];
}
