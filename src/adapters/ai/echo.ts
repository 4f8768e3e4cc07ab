import type { AiModel } from '../../ports/ai-model.js';

/** The model that needs nothing: it answers `Echo: ` and the message, word by word. Sampling changes nothing. */
export function echoModel(): AiModel {
  return {
    unsupported: ['tools'],
    async *reply({ messages }) {
      await Promise.resolve();
      for (const text of `Echo: ${messages.at(-1)?.text ?? ''}`.match(/\s*\S+|\s+$/g) ?? []) {
        yield { type: 'text', text };
      }
      yield { type: 'finish', reason: 'stop', usage: null };
    },
  };
}
