import type { QueuedPasswordHasher } from '../adapters/crypto/queued-password-hasher.js';
import type { AiModel } from '../ports/ai-model.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { Stores } from '../ports/stores.js';

/** Functions that wrap adapters on their way to the core. */
export interface Decorators {
  stores(stores: Stores): Stores;
  model(model: AiModel, name: string): AiModel;
  passwordHasher(hasher: QueuedPasswordHasher): PasswordHasher;
  /** Returns additional headers for a request to a provider. */
  moreHeaders(): Record<string, string>;
}

/** Leaves every adapter as it is. */
export const noDecorators: Decorators = {
  stores: (stores) => stores,
  model: (model) => model,
  passwordHasher: (hasher) => hasher,
  moreHeaders: () => ({}),
};
