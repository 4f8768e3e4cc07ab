import type { FilePart, ImagePart, ModelMessage, ReplyPart, TextPart } from '../../../ports/ai-model.js';
import { invalidInput, type HttpProblem } from '../kit/problem.js';
import { mediaSource } from '../openai/media.js';
import type { InputContent, InputItem } from './input-items.js';
import { decodeReasoning } from './item-ids.js';

type Message = Extract<InputItem, { role: string }>;
type UserPart = TextPart | ImagePart | FilePart;

/** Finds the parts of earlier replies that items refer to, by the ids of the items. */
export type FoundParts = ReadonlyMap<string, ReplyPart>;

/** Returns the ids of the items that the input refers to. */
export function referencedIds(input: string | readonly InputItem[]): string[] {
  if (typeof input === 'string') return [];
  return input.flatMap((item) => (item.type === 'item_reference' ? [item.id] : []));
}

/**
 * Converts the input to messages of the model port. Successive items of the assistant are one message.
 *
 * Throws `invalid_input` if an item is not known: a reference to no part, reasoning of another service, the output of a call
 * that is not in the input; and for a second reference to an item, which would multiply a long text at no cost.
 */
export function inputMessages(
  instructions: string | null,
  input: string | readonly InputItem[],
  found: FoundParts,
): ModelMessage[] {
  const messages: ModelMessage[] = [];
  if (instructions !== null) messages.push({ role: 'system', parts: [{ type: 'text', text: instructions }] });
  if (typeof input === 'string') {
    return [...messages, { role: 'user', parts: [{ type: 'text', text: input }] }];
  }
  const callIds = new Set<string>();
  const references = new Set<string>();
  let reply: ReplyPart[] | null = null;
  for (const [index, item] of input.entries()) {
    if (item.type === 'item_reference') {
      if (references.has(item.id)) throw problem(`input.${index}.id`, 'Must be unique among the references.');
      references.add(item.id);
    }
    const parts = replyPartsOf(item, `input.${index}`, found);
    if (parts === null) {
      reply = null;
      messages.push(isMessage(item) ? promptMessage(item) : toolMessage(item, `input.${index}`, callIds));
      continue;
    }
    for (const part of parts) if (part.type === 'tool_call') callIds.add(part.id);
    if (parts.length === 0) continue;
    if (reply === null) messages.push({ role: 'assistant', parts: (reply = []) });
    reply.push(...parts);
  }
  return messages;
}

/** Returns the parts of an item that the assistant wrote; null if it wrote none. */
function replyPartsOf(item: InputItem, path: string, found: FoundParts): ReplyPart[] | null {
  switch (item.type) {
    case 'item_reference': {
      const part = found.get(item.id);
      if (part === undefined)
        throw problem(`${path}.id`, 'Must be the id of an item of an earlier response.');
      return [part];
    }
    case 'reasoning':
      return reasoningParts(item, path);
    case 'function_call': {
      const { call_id: id, name, arguments: json } = item;
      // Clients send back the arguments that they received, which are empty if the tool takes none.
      return [{ type: 'tool_call', id, name, arguments: json.trim() === '' ? '{}' : json }];
    }
    case 'function_call_output':
      return null;
    default: {
      if (item.role !== 'assistant') return null;
      const texts = typeof item.content === 'string' ? [item.content] : item.content.map(({ text }) => text);
      return texts.filter((text) => text !== '').map((text) => ({ type: 'text', text }));
    }
  }
}

function reasoningParts(item: Extract<InputItem, { type: 'reasoning' }>, path: string): ReplyPart[] {
  if (item.encrypted_content != null) {
    const part = decodeReasoning(item.encrypted_content);
    if (part !== null) return [part];
    throw problem(`${path}.encrypted_content`, 'Must be the encrypted_content of an earlier response.');
  }
  const text = [...item.summary, ...(item.content ?? [])].map((part) => part.text).join('\n\n');
  return text === '' ? [] : [{ type: 'reasoning', text, signature: null, isRedacted: false }];
}

function isMessage(item: InputItem): item is Message {
  return item.type === undefined || item.type === 'message';
}

/** Converts a message that the assistant has not written. */
function promptMessage({ role, content }: Message): ModelMessage {
  if (role === 'user') return { role, parts: contentParts(content) };
  const texts = typeof content === 'string' ? [content] : content.map(({ text }) => text);
  return { role: 'system', parts: texts.map((text) => ({ type: 'text', text })) };
}

function toolMessage(item: InputItem, path: string, callIds: ReadonlySet<string>): ModelMessage {
  if (item.type !== 'function_call_output') throw problem(path, 'Is not supported.');
  const { call_id: toolCallId, output } = item;
  if (!callIds.has(toolCallId)) {
    throw problem(`${path}.call_id`, 'Must be the call_id of a function call in an earlier item.');
  }
  const content = contentParts(output);
  return { role: 'tool', parts: [{ type: 'tool_result', toolCallId, content, isError: false }] };
}

function contentParts(content: string | InputContent): UserPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.flatMap((part): UserPart[] => {
    if (part.type === 'input_text') return [{ type: 'text', text: part.text }];
    const url = part.type === 'input_image' ? part.image_url : (part.file_data ?? part.file_url ?? '');
    const source = mediaSource(url);
    if (source === null) return [];
    if (part.type === 'input_file') return [{ type: 'file', source, name: part.filename ?? null }];
    return [{ type: 'image', source, ...(part.detail == null ? {} : { detail: part.detail }) }];
  });
}

function problem(field: string, message: string): HttpProblem {
  return invalidInput({ [field]: [message] });
}
