import type { FinishReason } from '../../ports/ai-model.js';

/** The reasons of all providers and their meaning. Any other reason is `other`. */
const meanings = new Map<string, FinishReason>([
  ['stop', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['eos', 'stop'],
  ['eos_token', 'stop'],
  ['end', 'stop'],
  ['complete', 'stop'],
  ['completed', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['max_length', 'length'],
  ['model_length', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['content_filter', 'content_filter'],
  ['refusal', 'content_filter'],
  ['safety', 'content_filter'],
  ['sensitive', 'content_filter'],
  ['prohibited_content', 'content_filter'],
  ['blocklist', 'content_filter'],
  ['recitation', 'content_filter'],
  ['tool_calls', 'tool_calls'],
  ['tool_call', 'tool_calls'],
  ['tool_use', 'tool_calls'],
  ['function_call', 'tool_calls'],
]);

/** The reasons of a reply that failed. */
const failures = new Set([
  'error',
  'network_error',
  'insufficient_system_resource',
  'malformed_function_call',
]);

/**
 * Returns the meaning of a provider's reason for the end of a reply; `failed` if it reports a failure. A stopped reply with
 * tool calls ends with `tool_calls`, even if the provider says only that it stopped.
 */
export function finishReasonOf(
  reason: string,
  { callsTools }: { callsTools: boolean },
): FinishReason | 'failed' {
  const name = reason.toLowerCase().replaceAll('-', '_');
  if (failures.has(name)) return 'failed';
  const meaning = meanings.get(name) ?? 'other';
  return meaning === 'stop' && callsTools ? 'tool_calls' : meaning;
}
