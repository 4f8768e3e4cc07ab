import { holdForCall, type CallHold } from './call-hold.js';
import { payingUser, type MeteringCore, type PayingUser } from './language-model.js';

/**
 * A tool of the AI SDK that runs in this process: with `execute`.
 *
 * @example
 * ```ts
 * const weather: AiSdkTool = { execute: (input: { city: string }) => `Sun in ${input.city}` };
 * ```
 */
export interface AiSdkTool {
  /** Runs the tool; absent for one that runs elsewhere. */
  execute?: ((...call: never[]) => unknown) | undefined;
}

/** What a tool is called with. */
type ToolInput<Tool extends AiSdkTool> = Parameters<NonNullable<Tool['execute']>>[0];

/**
 * Who pays for the calls of a tool, and how much.
 *
 * @example
 * ```ts
 * const options: MeteredToolOptions<{ pages: number }> = {
 *   ...{ core, userId },
 *   action: 'report.print',
 *   price: ({ pages }) => 5 * pages,
 * };
 * ```
 */
export interface MeteredToolOptions<Input = unknown> {
  core: Pick<MeteringCore, 'metering'>;
  /** The id of the account that pays, or a function that returns it for each call. */
  userId: PayingUser;
  /** What the ledger calls it, such as `web.search`: up to 64 lower-case letters, digits, `.`, `_` or `-`. */
  action: string;
  /** In credits, for each call; or a function that returns it for an input. */
  price: number | ((input: Input) => number);
}

type Execute = (input: unknown, options?: { abortSignal?: AbortSignal }) => unknown;

/**
 * Returns a tool of the AI SDK whose calls an account pays for. Each call holds its price before the tool runs, and ends the
 * hold once: it is charged when the tool returns, and not if it throws. A tool that yields results as they come is charged from
 * the first one on, if its caller leaves.
 *
 * A call rejects before the tool runs with a TypeError if it names no user, or with a DomainError, such as
 * `insufficient_credits`; the AI SDK passes its message to the model as the result of the tool.
 *
 * @param tool A tool with `execute`, as `tool()` of the AI SDK returns it.
 * @param options Who pays, and how much.
 * @returns The same tool, metered.
 * @throws TypeError if the tool has no `execute`: it runs elsewhere.
 * @example
 * ```ts
 * import { tool } from 'ai';
 * import { z } from 'zod';
 * import { meteredTool } from 'metered-chat/ai-sdk';
 *
 * const search = tool({
 *   description: 'Searches the web.',
 *   inputSchema: z.object({ query: z.string() }),
 *   execute: async ({ query }) => `Results for ${query}`,
 * });
 * const tools = { search: meteredTool(search, { core, userId, action: 'web.search', price: 5 }) };
 * ```
 */
export function meteredTool<Tool extends AiSdkTool>(
  tool: Tool,
  options: MeteredToolOptions<ToolInput<Tool>>,
): Tool {
  const { core, action, price } = options;
  const execute = tool.execute?.bind(tool) as Execute | undefined;
  if (execute === undefined) throw new TypeError(`The tool for "${action}" has no \`execute\`.`);
  const hold = async (input: unknown, signal: AbortSignal | undefined) => {
    const userId = payingUser(options.userId);
    const amount = typeof price === 'number' ? price : price(input as ToolInput<Tool>);
    signal?.throwIfAborted();
    return {
      amount,
      hold: await holdForCall(core.metering, { userId, action, amount, details: null }, doNothing),
    };
  };
  const metered: Execute = isGenerator(execute)
    ? async function* (input, call) {
        const held = await hold(input, call?.abortSignal);
        yield* yieldResults(execute(input, call), held, call?.abortSignal);
      }
    : async (input, call) => {
        const held = await hold(input, call?.abortSignal);
        return runTool(() => execute(input, call), held);
      };
  return { ...tool, execute: metered };
}

interface HeldPrice {
  amount: number;
  hold: CallHold;
}

/** Runs a tool that returns its result, or the last of its results. */
async function runTool(run: () => unknown, { amount, hold }: HeldPrice): Promise<unknown> {
  try {
    let result = await run();
    if (isAsyncIterable(result)) for await (const latest of result) result = latest;
    await hold.settle({ amount });
    return result;
  } catch (error) {
    await hold.release();
    throw error;
  }
}

/** Passes on the results of a tool as they come. */
async function* yieldResults(
  results: AsyncIterable<unknown>,
  { amount, hold }: HeldPrice,
  signal: AbortSignal | undefined,
): AsyncGenerator {
  let hasResult = false;
  let isComplete = false;
  let hasFailed = false;
  try {
    for await (const result of results) {
      hasResult = true;
      yield result;
    }
    isComplete = true;
  } catch (error) {
    // A tool that stops because its caller left has not failed.
    hasFailed = signal?.aborted !== true;
    throw error;
  } finally {
    if (isComplete || (hasResult && !hasFailed)) await hold.settle({ amount });
    else await hold.release();
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** The AI SDK shows results as they come only if the iterable is returned at once. */
function isGenerator(execute: Execute): execute is (...call: Parameters<Execute>) => AsyncIterable<unknown> {
  return Object.prototype.toString.call(execute) === '[object AsyncGeneratorFunction]';
}

function doNothing(): void {
  // The charge is rejected if the hold was lost.
}
