import type { AiModel, Refusable } from '../../ports/ai-model.js';
import { echoModel } from './echo.js';
import { httpFetch } from './http-fetch.js';
import type { SdkLanguageModel } from './sdk-call.js';
import { soundUsage } from './sound-usage.js';

/** Where a model is and what it is called there. A base URL includes the version, as in `https://host/v1`. */
export type ModelConnection =
  | { provider: 'echo' }
  | { provider: 'openai-compatible'; baseUrl: string; apiKey: string | null; upstream: string }
  | { provider: 'openai' | 'anthropic'; baseUrl: string | null; apiKey: string; upstream: string };

/** A provider that is reached over the network. */
type RemoteConnection = Exclude<ModelConnection, { provider: 'echo' }>;

const anthropicRefuses: readonly Refusable[] = ['seed', 'presencePenalty', 'frequencyPenalty', 'strictTools'];

export interface ConnectModelOptions {
  /** Headers that each request to a provider has besides, such as what it belongs to. */
  moreHeaders?: () => Record<string, string>;
}

/** The model behind a connection. The AI SDK is loaded when a model that needs it is first asked. */
export function connectModel(connection: ModelConnection, options: ConnectModelOptions = {}): AiModel {
  if (connection.provider === 'echo') return echoModel();
  let loading: Promise<AiModel> | null = null;
  return {
    refuses: refusedBy(connection),
    async *reply(request) {
      loading ??= load(connection, options);
      const model = await loading;
      yield* model.reply(request);
    },
  };
}

function refusedBy({ provider }: RemoteConnection): readonly Refusable[] {
  return provider === 'anthropic' ? anthropicRefuses : [];
}

async function load(connection: RemoteConnection, options: ConnectModelOptions): Promise<AiModel> {
  const [{ aiSdkModel }, languageModel] = await Promise.all([
    import('./sdk-model.js'),
    languageModelOf(connection, options),
  ]);
  return aiSdkModel(languageModel, { refuses: refusedBy(connection) });
}

/** Addresses and keys are always given, so that no provider looks for them in the environment itself. */
async function languageModelOf(
  connection: RemoteConnection,
  options: ConnectModelOptions,
): Promise<SdkLanguageModel> {
  const { provider, upstream } = connection;
  const fetch = httpFetch({ ...options, through: soundUsage });
  switch (provider) {
    case 'openai-compatible': {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      const { baseUrl, apiKey } = connection;
      return createOpenAICompatible({
        name: provider,
        baseURL: baseUrl,
        includeUsage: true,
        fetch,
        ...(apiKey === null ? {} : { apiKey }),
      }).chatModel(upstream);
    }
    case 'openai': {
      const { createOpenAI } = await import('@ai-sdk/openai');
      const baseURL = connection.baseUrl ?? 'https://api.openai.com/v1';
      return createOpenAI({ baseURL, apiKey: connection.apiKey, fetch }).chat(upstream);
    }
    case 'anthropic': {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      const baseURL = connection.baseUrl ?? 'https://api.anthropic.com/v1';
      return createAnthropic({ baseURL, apiKey: connection.apiKey, fetch }).messages(upstream);
    }
  }
}
