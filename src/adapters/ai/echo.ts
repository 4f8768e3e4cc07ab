import type { AiModel } from '../../ports/ai-model.js';

/** The model that needs nothing: it answers `Echo: ` and the message, word by word. */
export function echoModel(): AiModel {
  return {
    name: 'echo',
    async *reply({ message, signal }) {
      await Promise.resolve();
      for (const text of `Echo: ${message}`.match(/\s*\S+|\s+$/g) ?? []) {
        if (signal.aborted) return;
        yield { type: 'text', text };
      }
      yield { type: 'finish', usage: null };
    },
  };
}
