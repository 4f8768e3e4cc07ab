import type { ReportedUsage } from '../../ports/ai-model.js';
import { countOf, recordOf, type JsonRecord } from './lenient-json.js';

/**
 * Returns the usage of a record in the format of OpenAI's Chat Completions or Responses, as OpenAI, Azure, DeepSeek, Gemini,
 * vLLM, OpenRouter, Ollama, llama.cpp, xAI, Moonshot, Groq and gateways really send it. The input includes cached tokens, as
 * all of them report it.
 */
export function openAiUsage(record: JsonRecord): ReportedUsage {
  const inputParts = recordOf(record['prompt_tokens_details']) ?? recordOf(record['input_tokens_details']);
  const outputParts =
    recordOf(record['completion_tokens_details']) ?? recordOf(record['output_tokens_details']);
  const input = firstCount(record['prompt_tokens'], record['input_tokens']);
  const output = firstCount(record['completion_tokens'], record['output_tokens']);
  const reasoning = firstCount(outputParts?.['reasoning_tokens'], record['reasoning_tokens']);
  return {
    input,
    cachedInput: highestCount(
      inputParts?.['cached_tokens'],
      record['prompt_cache_hit_tokens'],
      record['cache_read_input_tokens'],
      record['cached_tokens'],
    ),
    cacheWrite: highestCount(
      inputParts?.['cache_write_tokens'],
      inputParts?.['cache_creation_tokens'],
      record['cache_creation_input_tokens'],
    ),
    ...withHiddenReasoning(output, reasoning, hiddenTokens(input, output, countOf(record['total_tokens']))),
  };
}

/** Returns the tokens of the total that are neither input nor output. */
function hiddenTokens(input: number | null, output: number | null, total: number | null): number {
  return input === null || total === null ? 0 : Math.max(0, total - input - (output ?? 0));
}

/**
 * Gemini and xAI bill reasoning as output, but count it in the total only: not in the output, and Gemini nowhere else. A
 * difference that is less than the reasoning is another thing, such as a total that is wrong.
 */
function withHiddenReasoning(
  output: number | null,
  reasoning: number | null,
  hidden: number,
): Pick<ReportedUsage, 'output' | 'reasoning'> {
  if (hidden === 0 || hidden < (reasoning ?? 0)) return { output, reasoning };
  return { output: (output ?? 0) + hidden, reasoning: hidden };
}

/**
 * Returns the usage of llama.cpp's `timings`, which it sends without being asked, and which old versions sent instead of the
 * usage. `prompt_n` excludes what was in the cache.
 */
export function llamaCppUsage(timings: JsonRecord): ReportedUsage {
  const processed = countOf(timings['prompt_n']);
  const cachedInput = countOf(timings['cache_n']);
  return {
    // Without `cache_n`, the count of the input is not known: old versions did not report what was in the cache.
    input: processed === null || cachedInput === null ? null : processed + cachedInput,
    cachedInput,
    output: countOf(timings['predicted_n']),
  };
}

function firstCount(...values: readonly unknown[]): number | null {
  return values.map(countOf).find((count) => count !== null) ?? null;
}

/** Some gateways report one count under several names, and 0 under some. */
function highestCount(...values: readonly unknown[]): number | null {
  const counts = values.map(countOf).filter((count) => count !== null);
  return counts.length === 0 ? null : Math.max(...counts);
}
