import * as v from 'valibot';
import type {
  OutputFormat,
  ReasoningRequest,
  ReplyRequest,
  ToolDefinition,
} from '../../../ports/ai-model.js';
import { string } from '../kit/body-fields.js';
import { exactly, jsonSchema, optionalBoolean, toolName } from './completion-fields.js';

/** A JSON schema that the reply must follow: its name, description and strictness. */
export const schemaFields = {
  name: toolName,
  description: v.nullish(string),
  schema: jsonSchema,
  strict: optionalBoolean,
};

/** The `response_format` of a request, in the format of OpenAI's API. */
export const completionFormatField = v.variant(
  'type',
  [
    exactly({ type: v.literal('text') }),
    exactly({ type: v.literal('json_object') }),
    exactly({ type: v.literal('json_schema'), json_schema: exactly(schemaFields) }),
  ],
  'Must be text, json_object or json_schema.',
);

/** The `reasoning_effort` of a request. */
export const reasoningEffort = v.picklist(
  ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
  'Must be none, minimal, low, medium, high, xhigh or max.',
);

/** The `verbosity` of a request. */
export const verbosityField = v.picklist(['low', 'medium', 'high'], 'Must be low, medium or high.');

/** A format as requests name it: the fields of a schema are beside its type. */
export type RequestedFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | {
      type: 'json_schema';
      name: string;
      description?: string | null | undefined;
      schema: Record<string, unknown>;
      strict?: boolean | null | undefined;
    };

/** What a request says about its reply, besides sampling and tools; null for what it does not say. */
export interface RequestedReply {
  format: RequestedFormat | null;
  effort: v.InferOutput<typeof reasoningEffort> | null;
  verbosity: v.InferOutput<typeof verbosityField> | null;
  parallelToolCalls: boolean | null;
  tools: readonly ToolDefinition[];
}

/**
 * Returns the options of a reply for the model port, without those that say what is the default anyway: these need no
 * support by the model.
 */
export function replyOptions({
  format,
  effort,
  verbosity,
  parallelToolCalls,
  tools,
}: RequestedReply): Pick<ReplyRequest, 'format' | 'reasoning' | 'verbosity' | 'parallelToolCalls'> {
  const outputFormat = outputFormatOf(format);
  return {
    ...(outputFormat === null ? {} : { format: outputFormat }),
    ...(effort === null ? {} : { reasoning: reasoningOf(effort) }),
    ...(verbosity === null || verbosity === 'medium' ? {} : { verbosity }),
    ...(parallelToolCalls === false && tools.length > 0 ? { parallelToolCalls } : {}),
  };
}

function outputFormatOf(format: RequestedFormat | null): OutputFormat | null {
  if (format === null || format.type === 'text') return null;
  if (format.type === 'json_object') return { type: 'json' };
  const { name, description, schema, strict } = format;
  return { type: 'json_schema', name, description: description ?? null, schema, strict: strict ?? null };
}

function reasoningOf(effort: v.InferOutput<typeof reasoningEffort>): ReasoningRequest {
  return effort === 'none' ? { mode: 'off' } : { mode: 'effort', effort };
}
