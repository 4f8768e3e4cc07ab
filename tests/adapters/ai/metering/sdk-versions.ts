import * as sdk6 from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import * as sdk5 from 'ai-v5';
import { MockLanguageModelV2 } from 'ai-v5/test';
import * as sdk7 from 'ai-v7';
import { MockLanguageModelV4 } from 'ai-v7/test';

/** What a provider counts. */
export interface Counts {
  input?: number | undefined;
  cached?: number;
  output?: number | undefined;
  reasoning?: number;
}

type Sdk = typeof sdk6;
type Model = MockLanguageModelV3;
type CallOptions = Parameters<Model['doStream']>[0];
export type Part =
  Awaited<ReturnType<Model['doStream']>>['stream'] extends ReadableStream<infer Each> ? Each : never;

/** What a model sends for a call. It may wait, throw, or end without a finish. */
export type Script = (options: CallOptions) => AsyncIterable<Part> | Iterable<Part>;

/** A version of the AI SDK, with models of the specification that it uses. */
export interface SdkVersion {
  name: string;
  sdk: Sdk;
  specification: 'v2' | 'v3' | 'v4';
  finish: (reason: string, counts: Counts, metadata?: object) => Part;
  /** Returns a model that follows one script for each call, in turn; the last one again and again. */
  model: (...scripts: Script[]) => Model & { calls: CallOptions[] };
}

const unifiedFinish: SdkVersion['finish'] = (reason, { input, cached, output, reasoning }, metadata) =>
  ({
    type: 'finish',
    finishReason: { unified: reason, raw: reason === 'other' ? undefined : reason },
    usage: {
      inputTokens: { total: input, noCache: undefined, cacheRead: cached, cacheWrite: undefined },
      outputTokens: { total: output, text: undefined, reasoning },
    },
    providerMetadata: metadata,
  }) as Part;

const plainFinish: SdkVersion['finish'] = (reason, { input, cached, output, reasoning }, metadata) =>
  ({
    type: 'finish',
    finishReason: reason,
    usage: {
      ...{ inputTokens: input, cachedInputTokens: cached, outputTokens: output, reasoningTokens: reasoning },
      totalTokens: (input ?? 0) + (output ?? 0),
    },
    providerMetadata: metadata,
  }) as unknown as Part;

function scripted(Mock: new (mocked: object) => object): SdkVersion['model'] {
  return (...scripts) => {
    const calls: CallOptions[] = [];
    const follow = (options: CallOptions) => {
      const script = scripts[Math.min(calls.length, scripts.length - 1)];
      calls.push(options);
      if (script === undefined) throw new TypeError('A model follows a script.');
      return script(options);
    };
    const model = new Mock({
      modelId: 'test-model',
      doStream: (options: CallOptions) => Promise.resolve({ stream: streamOf(follow(options)) }),
      doGenerate: async (options: CallOptions) => {
        const content: object[] = [];
        let end: object = { finishReason: 'unknown', usage: {} };
        for await (const part of follow(options)) {
          if (part.type === 'error') throw part.error;
          if (part.type === 'text-delta') content.push({ type: 'text', text: part.delta });
          if (part.type === 'tool-call') content.push(part);
          if (part.type === 'finish') end = part;
        }
        return { ...end, content, warnings: [] };
      },
    }) as Model;
    return Object.assign(model, { calls });
  };
}

/** A stream that reads no further than its reader. */
function streamOf(parts: AsyncIterable<Part> | Iterable<Part>): ReadableStream<Part> {
  const iterator = (Symbol.asyncIterator in parts ? parts : toAsync(parts))[Symbol.asyncIterator]();
  return new ReadableStream<Part>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

async function* toAsync(parts: Iterable<Part>): AsyncGenerator<Part> {
  await Promise.resolve();
  yield* parts;
}

/** Represents all versions where they do not differ. */
export const representative: SdkVersion = {
  ...{ name: 'AI SDK 6', sdk: sdk6, specification: 'v3', finish: unifiedFinish },
  model: scripted(MockLanguageModelV3),
};

export const sdkVersions: readonly SdkVersion[] = [
  {
    ...{ name: 'AI SDK 5', sdk: sdk5 as unknown as Sdk, specification: 'v2', finish: plainFinish },
    model: scripted(MockLanguageModelV2),
  },
  representative,
  {
    ...{ name: 'AI SDK 7', sdk: sdk7 as unknown as Sdk, specification: 'v4', finish: unifiedFinish },
    model: scripted(MockLanguageModelV4),
  },
];

/** The parts of a text. */
export function text(...deltas: string[]): Part[] {
  return [
    { type: 'text-start', id: '0' },
    ...deltas.map((delta): Part => ({ type: 'text-delta', id: '0', delta })),
    { type: 'text-end', id: '0' },
  ];
}

/** A whole call of a tool. */
export function toolCall(id: string, name: string, input: object): Part {
  return { type: 'tool-call', toolCallId: id, toolName: name, input: JSON.stringify(input) };
}

/** Resolves never, but rejects when the signal is aborted. */
export function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => {
      reject(new DOMException('The provider was stopped.', 'AbortError'));
    };
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
}
