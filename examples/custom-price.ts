// Prices: a cheap model at so much a message, and a dear one by what it used, which a message can choose by name.

import { createCore, type AiModel } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';

/** Says what it used: 1,000 of its tokens read and 200 written. */
const essayist: AiModel = {
  unsupported: [],
  async *reply() {
    await Promise.resolve();
    yield { type: 'text', text: 'An essay.' };
    yield { type: 'finish', reason: 'stop', usage: { input: 1000, output: 200 } };
  },
};

const core = createCore({
  ...memoryStores(),
  ...nodeAdapters(),
  models: [
    { name: 'short', model: echoModel(), price: { perMessage: 1 } },
    {
      name: 'essay',
      model: essayist,
      // 30 credits for a thousand read, 150 for a thousand written: the most that one can cost is held meanwhile.
      price: { per1kInput: 30, per1kOutput: 150 },
      contextTokens: 4000,
      maxOutputTokens: 500,
      system: 'Write an essay of at least a thousand words.',
    },
  ],
});
const { id: userId } = await core.users.adopt({ foreignId: 'a reader' });
console.log(core.chat.models().map(({ name, price }) => ({ name, price })));

for (const model of ['short', 'essay']) {
  const { charged, balance } = await core.chat.send({ userId, message: 'On rivers.', model });
  console.log(`${model}: ${charged} credits, ${balance} left`);
}
const { results } = await core.ledger.entries(userId, { limit: 10, before: null });
console.log(results.map(({ kind, amount }) => `${kind} ${amount}`));
