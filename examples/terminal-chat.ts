// A conversation in the terminal. It ends when the credits or the input end.

import { createInterface } from 'node:readline';
import { createCore, isDomainError } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';

const core = createCore({
  ...memoryStores(),
  ...nodeAdapters(),
  models: [{ name: 'echo', model: echoModel() }],
  policy: { startingCredits: 300 },
});
const { id: userId } = await core.users.adopt({ foreignId: 'the user of this terminal' });
let conversation: 'new' | { id: string } = 'new';

for await (const message of createInterface({ input: process.stdin })) {
  try {
    for await (const chunk of core.chat.stream({ userId, message, conversation })) {
      if (chunk.type === 'text') process.stdout.write(chunk.text);
      if (chunk.type !== 'done') continue;
      if (chunk.conversationId !== null) conversation = { id: chunk.conversationId };
      console.log(`\n(${chunk.balance} credits left)`);
    }
  } catch (error) {
    if (!isDomainError(error)) throw error;
    console.log(error.message);
    if (error.code === 'insufficient_credits') break;
  }
}
