import { messageText } from '../../domain/chat/model-message.js';
import type { AiModel } from '../../ports/ai-model.js';

/**
 * Returns a model for tests and first steps, which replies `Echo: ` and the message, word by word.
 *
 * @example
 * ```ts
 * import { createCore } from 'metered-chat';
 * import { echoModel } from 'metered-chat/ai';
 * import { memoryStores } from 'metered-chat/memory';
 * import { nodeAdapters } from 'metered-chat/node';
 *
 * const core = createCore({ ...memoryStores(), ...nodeAdapters(), models: [{ name: 'echo', model: echoModel() }] });
 * ```
 */
export function echoModel(): AiModel {
  return {
    unsupported: ['images', 'files', 'json', 'tools', 'reasoning'],
    async *reply({ messages }) {
      await Promise.resolve();
      for (const text of `Echo: ${messageText(messages.at(-1))}`.match(/\s*\S+|\s+$/g) ?? []) {
        yield { type: 'text', text };
      }
      yield { type: 'finish', reason: 'stop', usage: null };
    },
  };
}
