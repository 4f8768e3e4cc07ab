import type { ModelDescriptions } from '../config/models-file.js';
import type { ReadSettings } from '../config/read-settings.js';
import type { ModelOffers } from '../domain/chat/model-offer.js';
import type { Log } from '../ports/log.js';

/** The models that a server offers. */
export interface ServedModels {
  /** Returns the models on offer now. */
  current: () => ModelOffers;
  /** Reads the models file again. If it is not valid, nothing changes, and its problems are logged. */
  readAgain: () => void;
}

/**
 * Serves these models until others are read. Requests in progress keep the models and prices with which they began.
 *
 * @param deps.readAgain Reads the settings, and with them the models file.
 */
export function servedModels(
  first: ModelDescriptions,
  deps: {
    connect: (descriptions: ModelDescriptions) => ModelOffers;
    readAgain: () => ReadSettings;
    log: Log;
  },
): ServedModels {
  let offers = deps.connect(first);
  return {
    current: () => offers,
    readAgain: () => {
      const read = deps.readAgain();
      if (read.outcome === 'invalid') {
        deps.log.error(
          { problems: read.problems },
          'the models stay as they are, because they cannot be read again',
        );
        return;
      }
      offers = deps.connect(read.settings.models);
      deps.log.info({ models: offers.map(({ name }) => name) }, 'read the models file again');
    },
  };
}
