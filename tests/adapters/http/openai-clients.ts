import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { ToolMessage } from '@langchain/core/messages';
import { tool as langchainTool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { APICallError, generateText, RetryError, stepCountIs, streamText, tool as sdkTool } from 'ai';
import OpenAI, { APIError } from 'openai';
import { zodFunction } from 'openai/helpers/zod';
import * as z from 'zod';

type Fetch = typeof globalThis.fetch;

/** A client of OpenAI's API. Only its base URL, key and fetch function are set. */
export interface TriedClient {
  name: string;
  connect(options: { baseUrl: string; key: string; fetch: Fetch }): ConnectedClient;
  /** Returns the HTTP status of a thrown error, if it has one. */
  statusOf(error: unknown): number | undefined;
}

/** The operations that are tested with every client. */
export interface ConnectedClient {
  ask(model: string, prompt: string, signal?: AbortSignal): Promise<{ text: string; usage: Counts }>;
  /** Yields the text in parts. Throws what the client throws. */
  stream(model: string, prompt: string, signal?: AbortSignal): AsyncGenerator<string, Counts>;
  /** Sends a prompt with a tool `look` that takes `{at}`, runs it when the model calls it, and returns the last reply. */
  askWithTool(model: string, prompt: string, look: (at: string) => string): Promise<string>;
}

/** The usage that a client reports. */
export interface Counts {
  input: number | undefined;
  output: number | undefined;
}

const lookDescription = 'Looks at a place.';
const place = z.object({ at: z.string() });

const openAi: TriedClient = {
  name: 'openai',
  statusOf: (error) => (error instanceof APIError ? (error.status as number | undefined) : undefined),
  connect({ baseUrl, key, fetch }) {
    const { completions } = new OpenAI({ baseURL: baseUrl, apiKey: key, fetch }).chat;
    const countsOf = (usage: OpenAI.CompletionUsage | null | undefined) => ({
      input: usage?.prompt_tokens,
      output: usage?.completion_tokens,
    });
    const request = (model: string, prompt: string) => ({
      model,
      messages: [{ role: 'user' as const, content: prompt }],
    });
    return {
      async ask(model, prompt, signal) {
        const response = await completions.create(request(model, prompt), { signal });
        return { text: response.choices[0]?.message.content ?? '', usage: countsOf(response.usage) };
      },
      async *stream(model, prompt, signal) {
        const streamRequest = {
          ...request(model, prompt),
          stream: true as const,
          stream_options: { include_usage: true },
        };
        let usage: OpenAI.CompletionUsage | null | undefined;
        for await (const chunk of await completions.create(streamRequest, { signal })) {
          usage = chunk.usage ?? usage;
          const words = chunk.choices[0]?.delta.content ?? '';
          if (words !== '') yield words;
        }
        return countsOf(usage);
      },
      async askWithTool(model, prompt, look) {
        const runner = completions.runTools({
          ...request(model, prompt),
          stream: true,
          tools: [
            zodFunction({
              name: 'look',
              description: lookDescription,
              parameters: place,
              function: ({ at }) => look(at),
            }),
          ],
        });
        return (await runner.finalContent()) ?? '';
      },
    };
  },
};

const langChain: TriedClient = {
  name: '@langchain/openai',
  statusOf: (error) =>
    error instanceof Error && 'status' in error ? (error.status as number | undefined) : undefined,
  connect({ baseUrl, key, fetch }) {
    const chatOf = (model: string) =>
      new ChatOpenAI({ model, apiKey: key, configuration: { baseURL: baseUrl, fetch } });
    return {
      async ask(model, prompt, signal) {
        const response = await chatOf(model).invoke(prompt, signal && { signal });
        return { text: response.text, usage: langChainCounts(response) };
      },
      async *stream(model, prompt, signal) {
        let counts: Counts = { input: undefined, output: undefined };
        for await (const chunk of await chatOf(model).stream(prompt, signal && { signal })) {
          const chunkCounts = langChainCounts(chunk);
          if (chunkCounts.input !== undefined) counts = chunkCounts;
          if (chunk.text !== '') yield chunk.text;
        }
        return counts;
      },
      async askWithTool(model, prompt, look) {
        const tool = langchainTool(({ at }) => look(at), {
          name: 'look',
          description: lookDescription,
          schema: place,
        });
        const chat = chatOf(model).bindTools([tool]);
        const calling = await chat.invoke(prompt);
        const results: ToolMessage[] = [];
        for (const call of calling.tool_calls ?? []) {
          results.push(await tool.invoke({ ...call, type: 'tool_call' }));
        }
        return (await chat.invoke([{ role: 'user', content: prompt }, calling, ...results])).text;
      },
    };
  },
};

/** The type of the library lacks `usage_metadata`. */
function langChainCounts({ usage_metadata: usage }: { usage_metadata?: unknown }): Counts {
  const { input_tokens: input, output_tokens: output } = (usage ?? {}) as Partial<Record<string, number>>;
  return { input, output };
}

const aiSdk: TriedClient = {
  name: '@ai-sdk/openai-compatible',
  statusOf: (error) => {
    const last: unknown = RetryError.isInstance(error) ? error.lastError : error;
    return APICallError.isInstance(last) ? last.statusCode : undefined;
  },
  connect({ baseUrl, key, fetch }) {
    const provider = createOpenAICompatible({
      name: 'metered-chat',
      baseURL: baseUrl,
      apiKey: key,
      includeUsage: true,
      fetch,
    });
    const request = (model: string, prompt: string, signal?: AbortSignal) => ({
      model: provider(model),
      prompt,
      ...(signal === undefined ? {} : { abortSignal: signal }),
    });
    return {
      async ask(model, prompt, signal) {
        const { text, usage } = await generateText(request(model, prompt, signal));
        return { text, usage: { input: usage.inputTokens, output: usage.outputTokens } };
      },
      async *stream(model, prompt, signal) {
        const streamed = streamText({ ...request(model, prompt, signal), onError: () => undefined });
        for await (const part of streamed.fullStream) {
          if (part.type === 'text-delta') yield part.text;
          if (part.type === 'error') throw part.error;
          if (part.type === 'abort') throw new DOMException('Aborted.', 'AbortError');
        }
        const usage = await streamed.usage;
        return { input: usage.inputTokens, output: usage.outputTokens };
      },
      async askWithTool(model, prompt, look) {
        const { text } = await generateText({
          ...request(model, prompt),
          tools: {
            look: sdkTool({
              description: lookDescription,
              inputSchema: place,
              execute: ({ at }) => Promise.resolve(look(at)),
            }),
          },
          stopWhen: stepCountIs(3),
        });
        return text;
      },
    };
  },
};

/** Every client that is tested. */
export const triedClients = [openAi, langChain, aiSdk];
