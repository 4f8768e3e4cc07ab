import { creditAmount } from '../../api/credits.js';
import type { ApiKey, Cap } from '../../api/api-objects.js';
import { windowText } from '../../api/wallet-texts.js';
import { text } from '../texts/texts.js';

/** What a spending limit is for. */
export function capSubject({ scope, key_id, model }: Cap, keys: readonly ApiKey[]): string {
  if (scope === 'account') return text('cap.account');
  if (scope === 'model') return text('cap.model', { name: model ?? '' });
  const key = keys.find(({ id }) => id === key_id);
  return key === undefined ? text('cap.someKey') : text('cap.key', { name: key.name });
}

/** A limit with its window, such as `500 tokens each day`. */
export function limitWithWindow({ limit, window }: Cap): string {
  return `${creditAmount(limit)} ${windowText(window)}`;
}
