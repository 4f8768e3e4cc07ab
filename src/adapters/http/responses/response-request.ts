import * as v from 'valibot';
import type { CompletionOptions } from '../../../domain/chat/message.js';
import { string } from '../kit/body-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { validate } from '../kit/read-body.js';
import { exactly, optionalBoolean, optionalInteger, optionalNumber } from '../openai/completion-fields.js';
import { reasoningEffort, replyOptions, schemaFields, verbosityField } from '../openai/completion-format.js';
import { cacheAndUserParameters, rejectUnsupported } from '../openai/ignored-parameters.js';
import { responseInput } from './input-items.js';
import {
  responseToolChoice,
  responseToolChoiceOf,
  responseToolDefinitions,
  responseTools,
} from './response-tools.js';

const format = v.variant(
  'type',
  [
    exactly({ type: v.literal('text') }),
    exactly({ type: v.literal('json_object') }),
    exactly({ type: v.literal('json_schema'), ...schemaFields }),
  ],
  'Must be text, json_object or json_schema.',
);

const summary = v.picklist(['auto', 'detailed'], 'Must be auto or detailed.');

export const responseBody = namedSchema(
  'ResponseRequest',
  v.object({
    model: string,
    input: responseInput,
    instructions: v.nullish(string),
    stream: optionalBoolean,
    stream_options: v.nullish(
      exactly({ include_obfuscation: v.nullish(v.literal(false, 'Is not supported.')) }),
    ),
    max_output_tokens: optionalInteger(1),
    temperature: optionalNumber(0, 2),
    top_p: optionalNumber(0, 1),
    tools: v.nullish(responseTools),
    tool_choice: v.nullish(responseToolChoice),
    parallel_tool_calls: optionalBoolean,
    text: v.nullish(exactly({ format: v.nullish(format), verbosity: v.nullish(verbosityField) })),
    reasoning: v.nullish(
      exactly({
        effort: v.nullish(reasoningEffort),
        summary: v.nullish(summary),
        generate_summary: v.nullish(summary),
      }),
    ),
    include: v.nullish(
      v.array(
        v.literal('reasoning.encrypted_content', 'Only reasoning.encrypted_content is supported.'),
        'Must be a list.',
      ),
    ),
    metadata: v.nullish(v.record(v.string(), string, 'Must be an object.')),
    fit_budget: optionalBoolean,
  }),
);

export type ResponseBody = v.InferOutput<typeof responseBody>;

/** Parameters of OpenAI's API that are accepted and ignored, each if its value does not change the reply. */
const ignoredParameters = new Map<string, (value: unknown) => boolean>([
  ...cacheAndUserParameters,
  // What a program says of itself, and a limit for tools that are rejected.
  ['client_metadata', () => true],
  ['max_tool_calls', () => true],
  ['background', (value) => value === false],
  ['store', (value) => value === false],
  ['top_logprobs', (value) => value === 0],
  ['truncation', (value) => value === 'disabled'],
  ['service_tier', (value) => value === 'auto' || value === 'default'],
]);

/** A request for a response, as far as its body alone says. */
export interface ResponseRequest {
  body: ResponseBody;
  options: Omit<CompletionOptions, 'messages'>;
  /** Whether the text of the reasoning is shown. */
  showsReasoning: boolean;
  /** Whether reasoning is given in a form that the client can send back. */
  includesReasoning: boolean;
}

/**
 * Validates a body in the format of OpenAI's Responses API. Throws `invalid_input`, or `unsupported_parameter` with the name
 * of each parameter that is not supported: none is ignored silently if it would change the reply.
 */
export function responseRequest(value: unknown): ResponseRequest {
  rejectUnsupported(value, responseBody.entries, ignoredParameters);
  const body = validate(responseBody, value);
  const tools = responseToolDefinitions(body.tools ?? []);
  return {
    body,
    options: {
      maxOutputTokens: body.max_output_tokens ?? null,
      sampling: {
        ...(body.temperature == null ? {} : { temperature: body.temperature }),
        ...(body.top_p == null ? {} : { topP: body.top_p }),
      },
      tools,
      toolChoice: responseToolChoiceOf(body.tool_choice ?? null, tools),
      ...replyOptions({
        format: body.text?.format ?? null,
        effort: body.reasoning?.effort ?? null,
        verbosity: body.text?.verbosity ?? null,
        parallelToolCalls: body.parallel_tool_calls ?? null,
        tools,
      }),
    },
    showsReasoning: (body.reasoning?.summary ?? body.reasoning?.generate_summary) != null,
    includesReasoning: (body.include ?? []).length > 0,
  };
}
