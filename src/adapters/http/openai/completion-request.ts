import * as v from 'valibot';
import type { CompletionOptions } from '../../../domain/chat/sent-message.js';
import type { Sampling } from '../../../ports/ai-model.js';
import { exactly, notEmpty, numberFrom, text, wholeNumberFrom } from './completion-fields.js';
import { completionMessages, lastAsked, modelMessages } from './completion-messages.js';
import { completionToolChoice, completionTools, modelToolChoice, modelTools } from './completion-tools.js';
import { HttpProblem, invalidInput } from '../kit/problem.js';
import { fitting } from '../kit/read-json.js';

const yesOrNo = v.nullish(v.boolean('Must be true or false.'));

const stops = v.lazy((stop) =>
  Array.isArray(stop)
    ? v.pipe(v.array(v.pipe(text, notEmpty)), v.maxLength(4, 'Must be 4 at most.'))
    : v.pipe(v.string('Must be a text or a list of texts.'), notEmpty),
);

export const completion = v.object({
  model: text,
  messages: completionMessages,
  stream: yesOrNo,
  stream_options: v.nullish(
    exactly({
      include_usage: yesOrNo,
      include_obfuscation: v.nullish(v.literal(false, 'Is not supported.')),
    }),
  ),
  max_tokens: wholeNumberFrom(1),
  max_completion_tokens: wholeNumberFrom(1),
  temperature: numberFrom(0, 2),
  top_p: numberFrom(0, 1),
  presence_penalty: numberFrom(-2, 2),
  frequency_penalty: numberFrom(-2, 2),
  seed: wholeNumberFrom(Number.MIN_SAFE_INTEGER),
  stop: v.nullish(stops),
  tools: v.nullish(completionTools),
  tool_choice: v.nullish(completionToolChoice),
});

type Completion = v.InferOutput<typeof completion>;

/** What of OpenAI's parameters changes no reply, and what others may say as long as they change none. */
const harmless = new Map<string, (value: unknown) => boolean>([
  ...['metadata', 'prompt_cache_key', 'safety_identifier', 'user'].map((name) => [name, () => true] as const),
  ['n', (value) => value === 1],
  ['logprobs', (value) => value === false],
  ['store', (value) => value === false],
  ['parallel_tool_calls', (value) => value === true],
  ['service_tier', (value) => value === 'auto' || value === 'default'],
  ['logit_bias', (value) => JSON.stringify(value) === '{}'],
  ['modalities', (value) => JSON.stringify(value) === '["text"]'],
  ['response_format', (value) => JSON.stringify(value) === '{"type":"text"}'],
]);

/** A request for a completion. */
export interface CompletionRequest {
  model: string;
  /** What is kept on record: the last text that is the user's. */
  message: string;
  completionOptions: CompletionOptions;
  streams: boolean;
  /** Whether a stream tells its usage. */
  tellsUsage: boolean;
}

/** Reads a body as OpenAI's API words it. What is not supported is refused by its name, never left out in silence. */
export function completionRequest(body: unknown): CompletionRequest {
  refuseUnsupported(body);
  const asked = fitting(completion, body);
  const messages = modelMessages(asked.messages);
  const message = lastAsked(messages);
  if (message === null) throw invalidInput({ messages: ['Must have a message of the role user.'] });
  const tools = modelTools(asked.tools ?? []);
  const toolChoice = modelToolChoice(asked.tool_choice ?? null, tools);
  const completionOptions = {
    messages,
    maxOutputTokens: outputLimitOf(asked),
    sampling: samplingOf(asked),
    tools,
    toolChoice,
  };
  const { model, stream, stream_options: options } = asked;
  return {
    model,
    message,
    completionOptions,
    streams: stream ?? false,
    tellsUsage: options?.include_usage ?? false,
  };
}

function refuseUnsupported(body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidInput({ body: ['Must be a JSON object.'] });
  }
  const unsupported = Object.entries(body).filter(
    ([name, value]) =>
      value !== null && !Object.hasOwn(completion.entries, name) && harmless.get(name)?.(value) !== true,
  );
  if (unsupported.length === 0) return;
  const errors = Object.fromEntries(unsupported.map(([name]) => [name, ['Is not supported.']]));
  const detail = 'Some of the parameters are not supported.';
  throw new HttpProblem({ status: 400, code: 'unsupported_parameter', detail, errors });
}

/** Two names for one thing, the older one first. */
function outputLimitOf({ max_tokens: older, max_completion_tokens: newer }: Completion): number | null {
  if (older != null && newer != null && older !== newer) {
    throw invalidInput({ max_tokens: ['Must be the same as max_completion_tokens, or absent.'] });
  }
  return newer ?? older ?? null;
}

function samplingOf(asked: Completion): Sampling {
  const stop = typeof asked.stop === 'string' ? [asked.stop] : asked.stop;
  return {
    ...(asked.temperature == null ? {} : { temperature: asked.temperature }),
    ...(asked.top_p == null ? {} : { topP: asked.top_p }),
    ...(asked.presence_penalty == null ? {} : { presencePenalty: asked.presence_penalty }),
    ...(asked.frequency_penalty == null ? {} : { frequencyPenalty: asked.frequency_penalty }),
    ...(asked.seed == null ? {} : { seed: asked.seed }),
    ...(stop == null || stop.length === 0 ? {} : { stop }),
  };
}
