// A conversation at the command line, which ends with the credits or the input.

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
const { id: userId } = await core.users.adopt({ foreignId: 'whoever sits here' });
let conversation: 'new' | { id: string } = 'new';

for await (const message of createInterface({ input: process.stdin })) {
  try {
    const chunks = core.chat.stream({ userId, message, conversation });
    let next = await chunks.next();
    while (next.done !== true) {
      if (next.value.type === 'text') process.stdout.write(next.value.text);
      next = await chunks.next();
    }
    const { conversationId, balance } = next.value;
    if (conversationId !== null) conversation = { id: conversationId };
    console.log(`\n(${balance} credits left)`);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    console.log(error.message);
    if (error.code === 'insufficient_credits') break;
  }
}
