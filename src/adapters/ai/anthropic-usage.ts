import type { ReportedUsage } from '../../ports/ai-model.js';
import { countOf, recordOf, type JsonRecord } from './lenient-json.js';

const inputCounts = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'] as const;

type InputCount = (typeof inputCounts)[number];

/** Adds up the records of one reply in the format of Anthropic's Messages. */
export interface AnthropicUsage {
  /** Returns the usage of the reply after another record. */
  add(record: JsonRecord): ReportedUsage;
}

/**
 * Reads the usage of one reply. `input_tokens` excludes what was read from the cache and written to it, so that the input is
 * the sum of the three. A later record replaces the counts that it has; the others stay.
 */
export function anthropicUsage(): AnthropicUsage {
  const counts = new Map<InputCount, number>();
  return {
    add(record) {
      for (const name of inputCounts) {
        const count =
          countOf(record[name]) ?? (name === 'cache_creation_input_tokens' ? writtenOf(record) : null);
        // Some gateways report zeros at the end, which do not replace the counts of the start.
        if (count !== null && (count !== 0 || !counts.has(name))) counts.set(name, count);
      }
      const input = [...counts.values()].reduce((sum, count) => sum + count, 0);
      return {
        input: counts.size === 0 ? null : input,
        cachedInput: counts.get('cache_read_input_tokens') ?? null,
        cacheWrite: counts.get('cache_creation_input_tokens') ?? null,
        output: countOf(record['output_tokens']),
        reasoning: countOf(recordOf(record['output_tokens_details'])?.['thinking_tokens']),
      };
    },
  };
}

/** Returns the tokens that were written to the cache, by how long they stay there; null if that is not reported. */
function writtenOf(record: JsonRecord): number | null {
  const written = recordOf(record['cache_creation']);
  if (written === null) return null;
  const counts = Object.values(written)
    .map(countOf)
    .filter((count) => count !== null);
  return counts.reduce((sum, count) => sum + count, 0);
}
