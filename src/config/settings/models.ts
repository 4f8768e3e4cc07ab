import * as v from 'valibot';
import { defaultTerms } from '../../domain/chat/model-offer.js';
import { optionalSetting, secretSetting, setting } from '../setting.js';
import { oneOf } from '../values/choices.js';
import { formatDuration } from '../../domain/duration.js';
import { timeout } from '../values/durations.js';
import { wholeNumber } from '../values/numbers.js';
import { apiKey, baseUrl, modelName, providers } from '../values/provider.js';

export const modelSettings = {
  AI_PROVIDER: setting(oneOf(providers), {
    default: 'echo',
    help: `The provider of the model: ${providers.join(', ')}.`,
  }),
  AI_BASE_URL: optionalSetting(baseUrl, {
    help: "The base URL of the provider, including /v1; required for openai-compatible, otherwise the provider's own by default.",
  }),
  AI_API_KEY: secretSetting(apiKey, {
    help: 'The API key for the provider; required for openai and anthropic.',
  }),
  AI_MODEL: optionalSetting(modelName, {
    help: 'The name of the model at the provider and in this API; required unless AI_PROVIDER is echo.',
  }),
  MODELS_FILE: optionalSetting(v.string(), {
    help: 'A JSON file that describes several models; it replaces AI_PROVIDER, AI_BASE_URL, AI_API_KEY and AI_MODEL.',
  }),
  AI_FIRST_CHUNK_TIMEOUT: setting(timeout(), {
    default: formatDuration(defaultTerms.firstChunkTimeoutMs),
    help: 'How long the provider may take to send its first data; AI_FIRST_PIECE_TIMEOUT is the old name.',
    oldName: 'AI_FIRST_PIECE_TIMEOUT',
  }),
  AI_IDLE_TIMEOUT: setting(timeout(), {
    default: formatDuration(defaultTerms.idleTimeoutMs),
    help: 'How long the provider may then send nothing.',
  }),
  AI_TOTAL_TIMEOUT: setting(timeout(), {
    default: formatDuration(defaultTerms.totalTimeoutMs),
    help: 'How long a whole reply may take; HOLD_TTL must exceed it.',
  }),
  AI_RETRIES: setting(wholeNumber(0, 10), {
    default: String(defaultTerms.retries),
    help: 'How often a request that failed before the first chunk is retried.',
  }),
  MAX_MESSAGE_CHARS: optionalSetting(wholeNumber(1, 100_000_000), {
    help: "The longest message, in characters; by default three for each token of the model's context.",
  }),
  MAX_REPLY_CHARS: setting(wholeNumber(1, 10_000_000), {
    default: String(defaultTerms.maxReplyChars),
    help: 'The longest reply, in characters; a longer one counts as a failure of the provider.',
  }),
};
