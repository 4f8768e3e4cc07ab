import { SetupError } from '../../domain/setup-error.js';
import type { CompletionOutcome, Prompt } from './completion.js';
import type { GatewayAccount } from './gateway.js';
import { readRecorded, sendAll, type Bench } from './test-bench.js';

/** A request, and what one of it costs when it is alone. */
export interface PricedPrompt {
  prompt: Prompt;
  /** What the gateway records for one. */
  price: number;
  /** The budget with which the gateway admits one; a gateway that holds an estimate requires more than the price. */
  required: number;
  /** How long its response takes, in milliseconds. */
  durationMs: number;
}

const prompts = {
  short: { message: 'Say hello.', maxTokens: 16, isStream: false },
  long: {
    message: `Repeat this text word by word.${' All of these words are to be repeated.'.repeat(25)}`,
    maxTokens: 1024,
    isStream: true,
  },
} satisfies Record<string, Prompt>;

/** The budget that admits one request is at most the price times two to this power. */
const maxDoublings = 12;

/** Sends single requests to find out what a short one and a long stream cost, and with which budget they are admitted. */
export async function priceRequests(bench: Bench): Promise<{ short: PricedPrompt; long: PricedPrompt }> {
  return { short: await priceOf(bench, prompts.short), long: await priceOf(bench, prompts.long) };
}

async function priceOf(bench: Bench, prompt: Prompt): Promise<PricedPrompt> {
  const account = await bench.gateway.openAccount(null);
  const outcome = await sendOne(bench, account, prompt);
  if (outcome.outcome === 'failed') throw new SetupError(`A single request fails: ${outcome.reason}`);
  if (outcome.outcome !== 'completed') {
    throw new SetupError(
      'The balance is too small: an account that the adapter has opened for many requests cannot pay for one. ' +
        'Choose a cheaper model with --model, or let the adapter give it more.',
    );
  }
  const price = await readRecorded(bench, account);
  if (!(price > 0)) {
    throw new SetupError(
      `The gateway records ${price} ${bench.adapter.unit} for a request, so that nothing can be overspent. Give the model a price.`,
    );
  }
  const durationMs = outcome.endedAtMs - outcome.startedAtMs;
  return { prompt, price, required: await requiredFor(bench, prompt, price), durationMs };
}

async function requiredFor(bench: Bench, prompt: Prompt, price: number): Promise<number> {
  for (let doublings = 0; doublings <= maxDoublings; doublings += 1) {
    const budget = price * 2 ** doublings;
    const account = await bench.gateway.openAccount(budget);
    const outcome = await sendOne(bench, account, prompt);
    if (outcome.outcome === 'failed') throw new SetupError(`A single request fails: ${outcome.reason}`);
    await readRecorded(bench, account);
    if (outcome.outcome === 'completed') return budget;
  }
  throw new SetupError(
    `The gateway refuses a request that costs ${price} ${bench.adapter.unit} even with a budget of ${price * 2 ** maxDoublings}.`,
  );
}

async function sendOne(bench: Bench, account: GatewayAccount, prompt: Prompt): Promise<CompletionOutcome> {
  const [outcome] = await sendAll(bench, account, [{ prompt }]);
  return outcome ?? { outcome: 'failed', reason: 'It was not sent.' };
}
