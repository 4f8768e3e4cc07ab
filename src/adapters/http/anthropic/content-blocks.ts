import { jsonEnd, type JsonEnd } from '../../../domain/chat/json-end.js';
import type { MessageChunk } from '../../../domain/chat/message.js';
import type { ToolCall } from '../../../ports/ai-model.js';
import { presentToolUse } from './message-response.js';

/** A chunk with a part of the reply. */
export type ContentChunk = Exclude<MessageChunk, { type: 'started' | 'done' }>;

/** An event about a block, without its index. */
export type BlockEvent =
  | { type: 'content_block_start'; index: number; content_block: object }
  | { type: 'content_block_delta'; index: number; delta: object }
  | { type: 'content_block_stop'; index: number };

/** What waits until the block that is open ends: a call with all of its arguments so far, or another chunk. */
type Waiting = { call: ToolCall; index: number } | Exclude<ContentChunk, { type: 'tool_call' }>;

/** Turns the chunks of a reply into the events of its blocks. */
export interface ContentBlocks {
  /** Returns the events of the next chunk, which may be none. */
  add(chunk: ContentChunk): BlockEvent[];
  /** Returns the events that remain at the end of the reply. */
  end(): BlockEvent[];
}

/**
 * A block ends before the next one starts, as Anthropic's clients expect it. If a model writes the arguments of several
 * calls in turns, what comes for a later call waits until the arguments of the earlier one are a whole object.
 */
export function contentBlocks(): ContentBlocks {
  let blocks = 0;
  let calls = 0;
  let open: 'text' | 'thinking' | 'call' | null = null;
  let openCall: { index: number; json: JsonEnd } | null = null;
  let waiting: Waiting[] = [];
  let waitingCalls = new Map<number, ToolCall>();
  let events: BlockEvent[] = [];

  const start = (block: object) => {
    events.push({ type: 'content_block_start', index: blocks, content_block: block });
    blocks += 1;
  };
  const delta = (change: object) => {
    events.push({ type: 'content_block_delta', index: blocks - 1, delta: change });
  };
  const stop = () => {
    if (open !== null) events.push({ type: 'content_block_stop', index: blocks - 1 });
    open = null;
    openCall = null;
  };
  const openBlock = (type: 'text' | 'thinking', block: object) => {
    if (open === type) return;
    stop();
    start(block);
    open = type;
  };
  const addArguments = (json: JsonEnd, text: string) => {
    if (text === '') return;
    json.feed(text);
    delta({ type: 'input_json_delta', partial_json: text });
  };
  const startCall = (call: ToolCall, index: number) => {
    stop();
    start({ ...presentToolUse(call), input: {} });
    const json = jsonEnd();
    open = 'call';
    openCall = { index, json };
    addArguments(json, call.arguments);
  };
  const startThinking = () => {
    openBlock('thinking', { type: 'thinking', thinking: '', signature: '' });
  };
  const write = (chunk: Exclude<Waiting, { call: ToolCall }>) => {
    switch (chunk.type) {
      case 'text':
        openBlock('text', { type: 'text', text: '' });
        delta({ type: 'text_delta', text: chunk.text });
        break;
      case 'reasoning':
        startThinking();
        delta({ type: 'thinking_delta', thinking: chunk.text });
        break;
      case 'reasoning_end':
        if (chunk.isRedacted) {
          stop();
          start({ type: 'redacted_thinking', data: chunk.signature });
          open = 'thinking';
        } else {
          startThinking();
          delta({ type: 'signature_delta', signature: chunk.signature });
        }
        stop();
        break;
      case 'tool_arguments':
        // The arguments were whole before: nothing but white space can follow.
        break;
    }
  };
  const mustWait = () => openCall !== null && !openCall.json.isWhole;
  const writeWaiting = (item: Waiting) => {
    if ('call' in item) {
      waitingCalls.delete(item.index);
      startCall(item.call, item.index);
    } else write(item);
  };
  const writeAllThatMay = () => {
    let next = 0;
    for (let item = waiting[0]; item !== undefined && !mustWait(); item = waiting[next]) {
      writeWaiting(item);
      next += 1;
    }
    waiting = waiting.slice(next);
  };
  const wait = (chunk: ContentChunk) => {
    if (chunk.type === 'tool_call') {
      const call = { ...chunk.call };
      waiting.push({ call, index: calls });
      waitingCalls.set(calls, call);
    } else if (chunk.type === 'tool_arguments') {
      const call = waitingCalls.get(chunk.index);
      if (call !== undefined) call.arguments += chunk.text;
    } else waiting.push(chunk);
  };
  const takeEvents = () => {
    const taken = events;
    events = [];
    return taken;
  };

  return {
    add(chunk) {
      const called = openCall;
      if (chunk.type === 'tool_arguments' && called?.index === chunk.index) {
        addArguments(called.json, chunk.text);
        if (waiting.length > 0) writeAllThatMay();
      } else if (waiting.length > 0 || mustWait()) wait(chunk);
      else if (chunk.type === 'tool_call') startCall(chunk.call, calls);
      else write(chunk);
      if (chunk.type === 'tool_call') calls += 1;
      return takeEvents();
    },
    end() {
      for (const item of waiting) writeWaiting(item);
      waiting = [];
      waitingCalls = new Map();
      stop();
      return takeEvents();
    },
  };
}
