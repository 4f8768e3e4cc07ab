// Charges accounts for images: at once for a known price, or by a hold if the price is known only afterwards.

import { createCore, isDomainError, operatorCaller } from 'metered-chat';
import { echoModel } from 'metered-chat/ai';
import { memoryStores } from 'metered-chat/memory';
import { nodeAdapters } from 'metered-chat/node';

const models = [{ name: 'echo', model: echoModel() }] as const;
const core = createCore({ ...memoryStores(), ...nodeAdapters(), models });
const { id: userId } = await core.users.adopt({ foreignId: 'jane' });

/** In place of a service that draws an image. */
function drawImage(prompt: string): Promise<{ steps: number }> {
  return Promise.resolve({ steps: prompt.length });
}

/** The price is known: 40 credits. A repetition with the same order is not charged again. */
async function sellImage(order: string): Promise<void> {
  const charge = { userId, action: 'image.generate', amount: 40, idempotencyKey: order, details: { order } };
  const { charged, balance, replayed } = await core.metering.spend(charge);
  console.log(order, { charged, balance, replayed });
}

await sellImage('order 1');
await sellImage('order 1');

/** The price is known afterwards: a credit for each step, and 100 of them are held before. */
async function drawFor(prompt: string): Promise<void> {
  const hold = await core.metering.reserve({ userId, action: 'image.generate', amount: 100 });
  try {
    const { steps } = await drawImage(prompt);
    const settled = await core.metering.settle({ holdId: hold.id, amount: steps, units: steps });
    console.log(prompt, { charged: settled.charged, balance: settled.balance });
  } catch (error) {
    await core.metering.release({ holdId: hold.id });
    throw error;
  }
}

await drawFor('A lighthouse');

try {
  await core.metering.spend({ userId, action: 'image.generate', amount: 1_000_000 });
} catch (error) {
  if (!isDomainError(error)) throw error;
  console.log(error.message);
}

const { results } = await core.ledger.entries(
  { caller: operatorCaller, userId },
  { limit: 10, before: null },
);
for (const { kind, amount, action, units, details } of results)
  console.log(kind, amount, action, units, details);
