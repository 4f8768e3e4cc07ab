import * as v from 'valibot';
import { count } from '../kit/response-fields.js';
import { openAiErrorResponse } from '../openai/openai-error.js';
import { outputItemResponse, summaryPartResponse, textPartResponse } from './output-items.js';
import { responseResponse } from './response-object.js';

function event<const Type extends string, const Fields extends v.ObjectEntries>(type: Type, fields: Fields) {
  return { [type]: v.object({ type: v.literal(type), sequence_number: count, ...fields }) };
}

const inItem = { item_id: v.string(), output_index: count };
const inContent = { ...inItem, content_index: count };
const inSummary = { ...inItem, summary_index: count };
const nothing = v.pipe(v.array(v.unknown()), v.empty());

/** The events of a streamed response, by their names. */
export const responseEvents: Record<string, v.GenericSchema> = {
  ...event('response.created', { response: responseResponse }),
  ...event('response.in_progress', { response: responseResponse }),
  ...event('response.output_item.added', { output_index: count, item: outputItemResponse }),
  ...event('response.output_item.done', { output_index: count, item: outputItemResponse }),
  ...event('response.content_part.added', { ...inContent, part: textPartResponse }),
  ...event('response.content_part.done', { ...inContent, part: textPartResponse }),
  ...event('response.output_text.delta', { ...inContent, delta: v.string(), logprobs: nothing }),
  ...event('response.output_text.done', { ...inContent, text: v.string(), logprobs: nothing }),
  ...event('response.reasoning_summary_part.added', { ...inSummary, part: summaryPartResponse }),
  ...event('response.reasoning_summary_part.done', { ...inSummary, part: summaryPartResponse }),
  ...event('response.reasoning_summary_text.delta', { ...inSummary, delta: v.string() }),
  ...event('response.reasoning_summary_text.done', { ...inSummary, text: v.string() }),
  ...event('response.function_call_arguments.delta', { ...inItem, delta: v.string() }),
  ...event('response.function_call_arguments.done', { ...inItem, name: v.string(), arguments: v.string() }),
  ...event('response.completed', { response: responseResponse }),
  ...event('response.incomplete', { response: responseResponse }),
  ...event('response.failed', { response: responseResponse }),
  ...event('error', {
    code: v.string(),
    message: v.string(),
    param: v.nullable(v.string()),
    error: openAiErrorResponse.entries.error,
  }),
};
