// A model of your own, which counts words. Its chunks reach the caller as they come. When the caller disconnects, its
// signal is aborted.

import {
  createCore,
  DomainError,
  isDomainError,
  messageText,
  operatorCaller,
  type AiModel,
} from 'metered-chat';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';

const wordCounter: AiModel = {
  // A request with anything but texts is rejected before anything is held.
  unsupported: ['images', 'files', 'json', 'tools', 'reasoning'],
  async *reply({ messages, signal }) {
    const text = messageText(messages.at(-1));
    if (text.includes('unspeakable')) {
      throw new DomainError('provider_failed', 'I do not count this.', { retryable: false });
    }
    const words = text.split(/\s+/).filter((word) => word !== '');
    for (const [index, word] of words.entries()) {
      signal.throwIfAborted();
      await Promise.resolve();
      yield { type: 'text', text: `${index + 1} ${word} ` };
    }
    const usage = { input: words.length, output: 2 * words.length };
    // A reply without `finish` is incomplete, and not charged.
    yield { type: 'finish', reason: 'stop', usage };
  },
};

const core = createCore({
  ...memoryStores(),
  ...nodeAdapters(),
  models: [{ name: 'word-counter', model: wordCounter, retries: 0 }],
});
const { id: userId } = await core.users.adopt({ foreignId: 'a reader' });

const sent = await core.chat.send({ userId, message: 'to be or not' });
console.log(sent.reply, sent.usage);

await core.chat.send({ userId, message: 'unspeakable' }).catch((error: unknown) => {
  console.log(isDomainError(error) ? error.code : error);
});
console.log(await core.ledger.balance({ caller: operatorCaller, userId }));
