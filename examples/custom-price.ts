// Prices: a cheap model with a price per message, and an expensive one with a price by usage. A message chooses by name.

import { createCore, operatorCaller, type AiModel } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';

/** Reports its usage: 1,000 tokens of input and 200 of output. */
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
      // Credits for 1,000 tokens of input and of output. The highest possible price is held until the reply ends.
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
const { results } = await core.ledger.entries(
  { caller: operatorCaller, userId },
  { limit: 10, before: null },
);
console.log(results.map(({ kind, amount }) => `${kind} ${amount}`));
