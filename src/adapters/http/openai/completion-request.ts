import * as v from 'valibot';
import type { CompletionOptions } from '../../../domain/chat/message.js';
import type { Sampling } from '../../../ports/ai-model.js';
import { exactly, notEmpty, optionalBoolean, optionalInteger, optionalNumber } from './completion-fields.js';
import {
  completionFormatField,
  reasoningEffort,
  replyOptions,
  verbosityField,
  type RequestedFormat,
} from './completion-format.js';
import { completionMessages, lastUserText, modelMessages } from './completion-messages.js';
import { cacheAndUserParameters, rejectUnsupported } from './ignored-parameters.js';
import { completionToolChoice, completionTools, modelToolChoice, modelTools } from './completion-tools.js';
import { string } from '../kit/body-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';
import { validate } from '../kit/read-body.js';

const stopSequences = v.lazy((stop) =>
  Array.isArray(stop)
    ? v.pipe(v.array(v.pipe(string, notEmpty)), v.maxLength(4, 'Must have at most 4 entries.'))
    : v.pipe(v.string('Must be a string or a list of strings.'), notEmpty),
);

export const completionBody = namedSchema(
  'CompletionRequest',
  v.object({
    model: string,
    messages: completionMessages,
    stream: optionalBoolean,
    stream_options: v.nullish(
      exactly({
        include_usage: optionalBoolean,
        include_obfuscation: v.nullish(v.literal(false, 'Is not supported.')),
      }),
    ),
    max_tokens: optionalInteger(1),
    max_completion_tokens: optionalInteger(1),
    temperature: optionalNumber(0, 2),
    top_p: optionalNumber(0, 1),
    presence_penalty: optionalNumber(-2, 2),
    frequency_penalty: optionalNumber(-2, 2),
    seed: optionalInteger(Number.MIN_SAFE_INTEGER),
    stop: v.nullish(stopSequences),
    tools: v.nullish(completionTools),
    tool_choice: v.nullish(completionToolChoice),
    response_format: v.nullish(completionFormatField),
    reasoning_effort: v.nullish(reasoningEffort),
    verbosity: v.nullish(verbosityField),
    parallel_tool_calls: optionalBoolean,
    fit_budget: optionalBoolean,
  }),
);

type CompletionBody = v.InferOutput<typeof completionBody>;

/** Parameters of OpenAI's API that are accepted and ignored, each if its value does not change the reply. */
const ignoredParameters = new Map<string, (value: unknown) => boolean>([
  ...cacheAndUserParameters,
  ['n', (value) => value === 1],
  ['logprobs', (value) => value === false],
  ['top_logprobs', (value) => value === 0],
  ['store', (value) => value === false],
  ['service_tier', (value) => value === 'auto' || value === 'default'],
  ['logit_bias', (value) => JSON.stringify(value) === '{}'],
  ['modalities', (value) => JSON.stringify(value) === '["text"]'],
]);

export interface CompletionRequest {
  model: string;
  /** The text that is recorded as the message: that of the last message of the user, which may be empty. */
  message: string;
  completionOptions: CompletionOptions;
  /** Whether the output is limited to what the balance covers: not a parameter of OpenAI's. */
  fitBudget: boolean;
  isStream: boolean;
  /** Whether the last chunk of a stream has the usage. */
  includeUsage: boolean;
}

/**
 * Validates a body in the format of OpenAI's API. Throws `invalid_input`, or `unsupported_parameter` with the name of each
 * parameter that is not supported: none is ignored silently if it would change the reply.
 */
export function completionRequest(body: unknown): CompletionRequest {
  rejectUnsupported(body, completionBody.entries, ignoredParameters);
  const request = validate(completionBody, body);
  const messages = modelMessages(request.messages);
  const tools = modelTools(request.tools ?? []);
  return {
    model: request.model,
    message: lastUserText(messages),
    completionOptions: {
      messages,
      maxOutputTokens: outputLimitOf(request),
      sampling: samplingOf(request),
      tools,
      toolChoice: modelToolChoice(request.tool_choice ?? null, tools),
      ...replyOptions({
        format: responseFormatOf(request),
        effort: request.reasoning_effort ?? null,
        verbosity: request.verbosity ?? null,
        parallelToolCalls: request.parallel_tool_calls ?? null,
        tools,
      }),
    },
    fitBudget: request.fit_budget ?? false,
    isStream: request.stream ?? false,
    includeUsage: request.stream_options?.include_usage ?? false,
  };
}

/** `max_tokens` is the older name of `max_completion_tokens`. */
function outputLimitOf({ max_tokens: older, max_completion_tokens: newer }: CompletionBody): number | null {
  if (older != null && newer != null && older !== newer) {
    throw invalidInput({ max_tokens: ['Must be equal to max_completion_tokens, or absent.'] });
  }
  return newer ?? older ?? null;
}

function responseFormatOf({ response_format: format }: CompletionBody): RequestedFormat | null {
  if (format == null) return null;
  return format.type === 'json_schema' ? { type: format.type, ...format.json_schema } : format;
}

function samplingOf(body: CompletionBody): Sampling {
  const stop = typeof body.stop === 'string' ? [body.stop] : body.stop;
  return {
    ...(body.temperature == null ? {} : { temperature: body.temperature }),
    ...(body.top_p == null ? {} : { topP: body.top_p }),
    ...(body.presence_penalty == null ? {} : { presencePenalty: body.presence_penalty }),
    ...(body.frequency_penalty == null ? {} : { frequencyPenalty: body.frequency_penalty }),
    ...(body.seed == null ? {} : { seed: body.seed }),
    ...(stop == null || stop.length === 0 ? {} : { stop }),
  };
}
