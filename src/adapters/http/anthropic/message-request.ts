import * as v from 'valibot';
import type { CompletionOptions } from '../../../domain/chat/message.js';
import type { OutputFormat, ReasoningRequest, Sampling } from '../../../ports/ai-model.js';
import { string } from '../kit/body-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { HttpProblem, invalidInput } from '../kit/problem.js';
import { validate } from '../kit/read-body.js';
import { exactly, notEmpty, optionalBoolean, optionalNumber } from '../openai/completion-fields.js';
import { lastUserText } from '../openai/completion-messages.js';
import { anyObject, cacheControl } from './content-fields.js';
import { messagesField, systemField } from './message-fields.js';
import { modelToolChoice, modelTools, toolChoiceField, toolsField } from './message-tools.js';
import { cachedToTheEnd, modelMessages, systemMessages } from './model-messages.js';
import { unsupportedContent, unsupportedParameters } from './unsupported.js';

/** The least that Anthropic accepts. */
const minThinkingBudget = 1024;

function wholeNumber(min: number) {
  const message = `Must be an integer of at least ${min}.`;
  return v.pipe(v.number(message), v.safeInteger(message), v.minValue(min, message));
}

const jsonFormat = v.nullish(
  exactly({ type: v.literal('json_schema', 'Must be json_schema.'), schema: anyObject }),
);

/** `summarized` asks for the reasoning that replies show in any case, as far as the provider does. */
const display = v.nullish(v.literal('summarized', 'Only "summarized" is supported.'));

const inputFields = {
  model: string,
  messages: messagesField,
  system: v.nullish(systemField),
  tools: v.nullish(toolsField),
  tool_choice: v.nullish(toolChoiceField),
  thinking: v.nullish(
    v.variant(
      'type',
      [
        exactly({ type: v.literal('enabled'), budget_tokens: wholeNumber(minThinkingBudget), display }),
        exactly({ type: v.literal('adaptive'), display }),
        exactly({ type: v.literal('disabled') }),
      ],
      'Must be enabled, adaptive or disabled.',
    ),
  ),
  output_config: v.nullish(
    exactly({
      effort: v.nullish(
        v.picklist(
          ['low', 'medium', 'high', 'xhigh', 'max'],
          'Must be one of low, medium, high, xhigh, max.',
        ),
      ),
      format: jsonFormat,
    }),
  ),
  /** The older name of `output_config.format`. */
  output_format: jsonFormat,
  cache_control: cacheControl,
};

export const messageBody = namedSchema(
  'AnthropicMessageRequest',
  v.object({
    ...inputFields,
    max_tokens: wholeNumber(1),
    stream: optionalBoolean,
    temperature: optionalNumber(0, 1),
    top_p: optionalNumber(0, 1),
    top_k: v.nullish(wholeNumber(0)),
    stop_sequences: v.nullish(v.array(v.pipe(string, notEmpty), 'Must be a list of strings.')),
    fit_budget: optionalBoolean,
  }),
);

export const countBody = namedSchema('AnthropicCountRequest', v.object(inputFields));

export interface MessageRequest {
  model: string;
  /** The text that is recorded as the message: that of the last message of the user; empty if there is none. */
  message: string;
  completionOptions: CompletionOptions;
  /** Whether the output is limited to what the balance covers: not a parameter of Anthropic's. */
  fitBudget: boolean;
  isStream: boolean;
}

/**
 * Validates a body in the format of Anthropic's API. Throws `invalid_input`, or `unsupported_parameter` with the path of
 * each part that is not supported: none is ignored silently if it would change the reply.
 */
export function messageRequest(body: unknown, json: string): MessageRequest {
  rejectUnsupported(body, messageBody.entries);
  const request = validate(messageBody, body);
  const options = inputOptions(request, json);
  const { max_tokens: maxOutputTokens } = request;
  return {
    model: request.model,
    message: lastUserText(options.messages),
    completionOptions: { ...options, maxOutputTokens, sampling: samplingOf(request) },
    fitBudget: request.fit_budget ?? false,
    isStream: request.stream ?? false,
  };
}

/** Validates the body of a request that counts its input. Throws as `messageRequest` does. */
export function countRequest(
  body: unknown,
  json: string,
): Pick<MessageRequest, 'model' | 'completionOptions'> {
  // Some clients send the whole request that they are about to send.
  rejectUnsupported(body, messageBody.entries);
  const request = validate(countBody, body);
  const options = inputOptions(request, json);
  return { model: request.model, completionOptions: { ...options, maxOutputTokens: null, sampling: {} } };
}

function rejectUnsupported(body: unknown, known: object): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidInput({ body: ['Must be a JSON object.'] });
  }
  const fields = body as Record<string, unknown>;
  const errors = { ...unsupportedParameters(fields, known), ...unsupportedContent(fields) };
  if (Object.keys(errors).length === 0) return;
  const detail = 'Some parts of the request are not supported.';
  throw new HttpProblem({ status: 400, code: 'unsupported_parameter', detail, errors });
}

function inputOptions(
  request: v.InferOutput<typeof countBody>,
  json: string,
): Omit<CompletionOptions, 'maxOutputTokens' | 'sampling'> {
  const tools = modelTools(request.tools ?? []);
  const messages = [...systemMessages(request.system ?? ''), ...modelMessages(request.messages, json)];
  const { cache_control: cached } = request;
  const format = formatOf(request);
  const reasoning = reasoningOf(request);
  return {
    messages: cached == null ? messages : cachedToTheEnd(messages, { ttl: cached.ttl ?? null }),
    tools,
    ...modelToolChoice(request.tool_choice ?? null, tools),
    ...(format === null ? {} : { format }),
    ...(reasoning === null ? {} : { reasoning }),
  };
}

type RequestOutput = Pick<v.InferOutput<typeof countBody>, 'thinking' | 'output_config' | 'output_format'>;

function formatOf({ output_config: config, output_format: older }: RequestOutput): OutputFormat | null {
  const newer = config?.format;
  if (newer != null && older != null)
    throw invalidInput({ output_format: ['Must be absent if output_config has a format.'] });
  const format = newer ?? older;
  if (format == null) return null;
  return { type: 'json_schema', name: 'reply', description: null, schema: format.schema, strict: null };
}

/** With a budget, or without reasoning, an effort has no effect. */
function reasoningOf({ thinking, output_config: config }: RequestOutput): ReasoningRequest | null {
  const effort = config?.effort ?? null;
  switch (thinking?.type) {
    case 'disabled':
      return { mode: 'off' };
    case 'enabled':
      return { mode: 'budget', maxTokens: thinking.budget_tokens };
    case 'adaptive':
      return { mode: 'adaptive', ...(effort === null ? {} : { effort }) };
    default:
      return effort === null ? null : { mode: 'effort', effort };
  }
}

function samplingOf(request: v.InferOutput<typeof messageBody>): Sampling {
  const { temperature, top_p: topP, top_k: topK, stop_sequences: stop } = request;
  return {
    ...(temperature == null ? {} : { temperature }),
    ...(topP == null ? {} : { topP }),
    ...(topK == null ? {} : { topK }),
    ...(stop == null || stop.length === 0 ? {} : { stop }),
  };
}
