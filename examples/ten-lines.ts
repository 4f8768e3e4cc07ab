import { createCore, operatorCaller, unknownOrigin } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';
const models = [{ name: 'echo', model: echoModel() }] as const;
const core = createCore({ ...memoryStores(), ...nodeAdapters(), models });
const jane = { username: 'jane_doe', email: null, password: 'StrongPass123!', origin: unknownOrigin };
const { user } = await core.users.register(jane);
const { reply } = await core.chat.send({ userId: user.id, message: 'Hello, AI!' });
console.log(reply, await core.ledger.balance({ caller: operatorCaller, userId: user.id })); // Echo: Hello, AI! { balance: 3900, held: 0 }
