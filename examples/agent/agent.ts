// An agent of the AI SDK, whose user pays for each step by its usage and for each look at the weather. Ctrl-C aborts it: what came
// is charged, what had not begun is not.

import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { stepCountIs, tool, ToolLoopAgent } from 'ai';
import { createCore, operatorCaller as caller } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { meteredModel, meteredTool } from 'metered-chat/ai-sdk';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const {
  AI_URL = 'http://localhost:11434/v1',
  AI_MODEL = 'qwen3',
  WEATHER_URL = 'https://wttr.in',
} = process.env;

const core = createCore({
  ...{ ...memoryStores(), ...nodeAdapters() },
  models: [{ name: 'echo', model: echoModel() }],
});
const { id: userId } = await core.users.adopt({ foreignId: 'ada' });
const payment = { core, userId };

const provider = createOpenAICompatible({ name: 'provider', baseURL: AI_URL, includeUsage: true });
const weather = tool({
  description: 'Returns the weather in a city.',
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }, { abortSignal = null }) => {
    const response = await fetch(`${WEATHER_URL}/${encodeURIComponent(city)}?format=3`, {
      signal: abortSignal,
    });
    return response.text();
  },
});
const agent = new ToolLoopAgent({
  model: meteredModel(provider(AI_MODEL), {
    ...payment,
    price: { per1mInput: 1_000_000, per1mOutput: 2_000_000 },
    maxOutputTokens: 500,
  }),
  tools: { weather: meteredTool(weather, { ...payment, action: 'weather', price: 7 }) },
  stopWhen: stepCountIs(5),
});

const controller = new AbortController();
process.on('SIGINT', () => {
  controller.abort();
});
const prompt = process.argv[2] ?? 'Is it warmer in Oslo or in Rome?';
const { fullStream } = await agent.stream({ prompt, abortSignal: controller.signal });
for await (const part of fullStream) {
  if (part.type === 'text-delta') console.log('text:', part.text);
  if (part.type === 'tool-result') console.log('weather:', part.output);
  if (part.type === 'error') console.log('error:', String(part.error));
}

// An abort is charged at once, but the AI SDK does not wait for it.
while ((await core.ledger.balance({ caller, userId })).held > 0) await delay(10);
const { results } = await core.ledger.entries({ caller, userId }, { limit: 20, before: null });
for (const { kind, action, amount } of results.reverse())
  if (kind === 'charge') console.log('charged:', action, -amount);
