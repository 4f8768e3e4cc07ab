import type { MessageChunk } from '../../../domain/chat/message.js';
import type { ReasoningPart, TextPart, ToolCallPart } from '../../../ports/ai-model.js';
import { itemId } from './item-ids.js';
import { presentItem, presentSummary, presentText, type OutputItem } from './output-items.js';
import type { ResponseRequest } from './response-request.js';

/** An event of a streamed response, without its number. */
export interface ItemEvent {
  type: string;
  [field: string]: unknown;
}

type ContentChunk = Extract<
  MessageChunk,
  { type: 'text' | 'reasoning' | 'reasoning_end' | 'tool_call' | 'tool_arguments' }
>;

/** An item that grows: its part so far, and where it is in the output. */
interface GrowingItem<Part> {
  part: Part;
  id: string;
  outputIndex: number;
  isDone: boolean;
}

/**
 * Returns what turns the chunks of a reply into the events of its items. A text or reasoning is done when the next item
 * begins. So is a call if its arguments are complete; calls whose arguments come by turns are done at the end.
 */
export function itemEvents(exchangeId: string, shown: ResponseRequest) {
  const counts = { text: 0, reasoning: 0, tool_call: 0 };
  const items: OutputItem[] = [];
  const calls: GrowingItem<ToolCallPart>[] = [];
  let current: GrowingItem<TextPart> | GrowingItem<ReasoningPart> | null = null;

  function* begin<Part extends TextPart | ReasoningPart | ToolCallPart>(
    part: Part,
  ): Generator<ItemEvent, GrowingItem<Part>> {
    yield* endCurrent('completed');
    yield* endCalls(isComplete, 'completed');
    const id = itemId(exchangeId, part.type, counts[part.type]);
    counts[part.type] += 1;
    const item = { part, id, outputIndex: items.length, isDone: false };
    const empty = part.type === 'tool_call' ? { ...part, arguments: '' } : part;
    const presented = presentItem(empty, id, 'in_progress', { ...shown, includesReasoning: false });
    items.push(presented);
    const begun = presented.type === 'message' ? { ...presented, content: [] } : presented;
    yield { type: 'response.output_item.added', output_index: item.outputIndex, item: begun };
    return item;
  }

  function* end(
    item: GrowingItem<TextPart | ReasoningPart | ToolCallPart>,
    status: 'completed' | 'incomplete',
  ): Generator<ItemEvent, void> {
    item.isDone = true;
    const presented = presentItem(item.part, item.id, status, shown);
    items[item.outputIndex] = presented;
    yield { type: 'response.output_item.done', output_index: item.outputIndex, item: presented };
  }

  function* endCurrent(status: 'completed' | 'incomplete'): Generator<ItemEvent, void> {
    if (current === null) return;
    const { part, ...item } = current;
    const place = { item_id: item.id, output_index: item.outputIndex };
    const { text } = part;
    if (part.type === 'text') {
      yield { type: 'response.output_text.done', ...place, content_index: 0, text, logprobs: [] };
      yield { type: 'response.content_part.done', ...place, content_index: 0, part: presentText(text) };
    } else if (shown.showsReasoning && text !== '') {
      yield { type: 'response.reasoning_summary_text.done', ...place, summary_index: 0, text };
      yield {
        ...{ type: 'response.reasoning_summary_part.done', ...place, summary_index: 0 },
        part: presentSummary(text),
      };
    }
    yield* end({ part, ...item }, status);
    current = null;
  }

  function* endCalls(
    mayEnd: (call: ToolCallPart) => boolean,
    status: 'completed' | 'incomplete',
  ): Generator<ItemEvent, void> {
    for (const call of calls) {
      if (call.isDone || !mayEnd(call.part)) continue;
      const { name, arguments: json } = call.part;
      yield {
        ...{ type: 'response.function_call_arguments.done', item_id: call.id },
        ...{ output_index: call.outputIndex, name, arguments: json },
      };
      yield* end(call, status);
    }
  }

  function* addText(added: string): Generator<ItemEvent, void> {
    let item = current?.part.type === 'text' ? (current as GrowingItem<TextPart>) : null;
    if (item === null) {
      item = yield* begin<TextPart>({ type: 'text', text: '' });
      current = item;
      yield {
        ...{ type: 'response.content_part.added', item_id: item.id, output_index: item.outputIndex },
        ...{ content_index: 0, part: presentText('') },
      };
    }
    item.part.text += added;
    yield {
      ...{ type: 'response.output_text.delta', item_id: item.id, output_index: item.outputIndex },
      ...{ content_index: 0, delta: added, logprobs: [] },
    };
  }

  function* addReasoning(added: string): Generator<ItemEvent, void> {
    let item = current?.part.type === 'reasoning' ? (current as GrowingItem<ReasoningPart>) : null;
    if (item === null) {
      item = yield* begin<ReasoningPart>({ type: 'reasoning', text: '', signature: null, isRedacted: false });
      current = item;
    }
    const place = { item_id: item.id, output_index: item.outputIndex, summary_index: 0 };
    if (shown.showsReasoning && item.part.text === '') {
      yield { type: 'response.reasoning_summary_part.added', ...place, part: presentSummary('') };
    }
    item.part.text += added;
    if (shown.showsReasoning) {
      yield { type: 'response.reasoning_summary_text.delta', ...place, delta: added };
    }
  }

  function* addArguments(
    call: GrowingItem<ToolCallPart> | undefined,
    added: string,
  ): Generator<ItemEvent, void> {
    // After complete arguments only white space can follow.
    if (call === undefined || call.isDone || added === '') return;
    call.part.arguments += added;
    yield {
      ...{ type: 'response.function_call_arguments.delta', item_id: call.id },
      ...{ output_index: call.outputIndex, delta: added },
    };
  }

  return {
    /** The items so far. */
    items: items as readonly OutputItem[],
    /** Yields the events of the next chunk. */
    *take(chunk: ContentChunk): Generator<ItemEvent, void> {
      switch (chunk.type) {
        case 'text':
          yield* addText(chunk.text);
          return;
        case 'reasoning':
          yield* addReasoning(chunk.text);
          return;
        case 'reasoning_end': {
          const { signature, isRedacted } = chunk;
          if (isRedacted || current?.part.type !== 'reasoning') {
            current = yield* begin<ReasoningPart>({ type: 'reasoning', text: '', signature, isRedacted });
          }
          if (current.part.type === 'reasoning') current.part.signature = signature;
          yield* endCurrent('completed');
          return;
        }
        case 'tool_call': {
          const { call } = chunk;
          const item = yield* begin<ToolCallPart>({ type: 'tool_call', ...call, arguments: '' });
          calls.push(item);
          yield* addArguments(item, call.arguments);
          return;
        }
        case 'tool_arguments':
          yield* addArguments(calls[chunk.index], chunk.text);
      }
    },
    /** Yields the events of the end of the reply. */
    *finish(status: 'completed' | 'incomplete'): Generator<ItemEvent, void> {
      yield* endCurrent(status);
      yield* endCalls(() => true, status);
    },
  };
}

/** Returns whether the arguments of a call are a whole object. */
function isComplete({ arguments: json }: ToolCallPart): boolean {
  if (!json.trimEnd().endsWith('}')) return false;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object';
  } catch {
    return false;
  }
}
