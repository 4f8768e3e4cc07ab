import type { CacheControl, ModelMessage, ToolResultPart } from '../../ports/ai-model.js';
import { recordOf } from './lenient-json.js';
import { textOfFile, usualType } from './media.js';

type Part = ModelMessage['parts'][number];
type MediaPart = Extract<Part, { type: 'image' | 'file' }>;

/** A message as the JSON texts of its blocks, so that the arguments of tool calls stay byte for byte. */
interface BlockMessage {
  role: 'user' | 'assistant';
  blocks: string[];
}

/**
 * Returns the list `messages` in the format of Anthropic's Messages, as JSON. System messages are not part of it.
 * Successive messages of one role become one, which Anthropic requires for the results of tools. Blank texts, which
 * Anthropic rejects, are left out, and so are messages without anything else.
 */
export function anthropicMessages(messages: readonly ModelMessage[]): string {
  const merged: BlockMessage[] = [];
  for (const [position, message] of messages.entries()) {
    if (message.role === 'system') continue;
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const parts = position === messages.length - 1 ? withoutLastBlanks(message.parts, role) : message.parts;
    const blocks = blocksOf(parts);
    if (blocks.length === 0) continue;
    const last = merged.at(-1);
    if (last?.role === role) for (const block of blocks) last.blocks.push(block);
    else merged.push({ role, blocks });
  }
  return `[${merged.map(({ role, blocks }) => `{"role":"${role}","content":[${blocks.join(',')}]}`).join(',')}]`;
}

/** Returns the `system` field; undefined without any system message. */
export function anthropicSystem(messages: readonly ModelMessage[]): object[] | undefined {
  const system = messages.flatMap((message) => (message.role === 'system' ? message.parts : []));
  const texts = system.filter(({ text }) => !isBlank(text));
  if (texts.length === 0) return undefined;
  return texts.map(({ text, cacheControl }) => ({ type: 'text', text, ...cacheField(cacheControl) }));
}

/** A reply that the model continues must not end in white space. */
function withoutLastBlanks(parts: readonly Part[], role: BlockMessage['role']): readonly Part[] {
  const last = parts.at(-1);
  if (role === 'user' || last?.type !== 'text') return parts;
  return [...parts.slice(0, -1), { ...last, text: last.text.trimEnd() }];
}

function blocksOf(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    const block = blockOf(part);
    return block === null ? [] : [block];
  });
}

/** Returns a block as JSON; null for what Anthropic does not accept. */
function blockOf(part: Part): string | null {
  switch (part.type) {
    case 'text':
      if (isBlank(part.text)) return null;
      return JSON.stringify({ type: 'text', text: part.text, ...cacheField(part.cacheControl) });
    case 'image':
    case 'file':
      return JSON.stringify(mediaBlock(part));
    case 'reasoning':
      // Without a signature, Anthropic cannot know its own reasoning.
      if (part.signature === null) return null;
      return part.isRedacted
        ? JSON.stringify({ type: 'redacted_thinking', data: part.signature })
        : JSON.stringify({ type: 'thinking', thinking: part.text, signature: part.signature });
    case 'tool_call': {
      const { id, name, cacheControl, arguments: json } = part;
      const rest = JSON.stringify({ type: 'tool_use', id: usableId(id), name, ...cacheField(cacheControl) });
      return `${rest.slice(0, -1)},"input":${inputOf(json)}}`;
    }
    case 'tool_result':
      return JSON.stringify({
        type: 'tool_result',
        tool_use_id: usableId(part.toolCallId),
        content: resultContent(part),
        is_error: part.isError ? true : undefined,
        ...cacheField(part.cacheControl),
      });
  }
}

function mediaBlock(part: MediaPart): object {
  const { source, cacheControl } = part;
  const cached = cacheField(cacheControl);
  if (part.type === 'image') return { type: 'image', source: sourceOf(source), ...cached };
  const text = textOfFile(part);
  return {
    type: 'document',
    source: text === null ? sourceOf(source) : { type: 'text', media_type: 'text/plain', data: text },
    title: part.name ?? undefined,
    ...cached,
  };
}

function sourceOf(source: MediaPart['source']): object {
  if (source.type === 'url') return source;
  return { type: 'base64', media_type: usualType(source.mediaType), data: source.data };
}

/** A result of one text is that text, else a list of blocks. */
function resultContent({ content }: ToolResultPart): string | object[] {
  const [first, ...others] = content;
  if (first === undefined) return '';
  if (others.length === 0 && first.type === 'text' && first.cacheControl === undefined) return first.text;
  return content
    .filter((part) => part.type !== 'text' || !isBlank(part.text))
    .map((part) =>
      part.type === 'text'
        ? { type: 'text', text: part.text, ...cacheField(part.cacheControl) }
        : mediaBlock(part),
    );
}

/** Returns the field that asks Anthropic to keep the input up to there in its cache. */
export function cacheField(cacheControl: CacheControl | undefined): object {
  if (cacheControl === undefined) return {};
  const { ttl } = cacheControl;
  return { cache_control: ttl === null ? { type: 'ephemeral' } : { type: 'ephemeral', ttl } };
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** Ids of another provider may have characters that Anthropic rejects. */
function usableId(id: string): string {
  return id.replaceAll(/[^\w-]/g, '_');
}

/**
 * Returns the arguments of a call as JSON that Anthropic accepts. An object is passed on byte for byte. Anything else, such
 * as arguments that were cut off, becomes the text in `{"arguments": …}`: the input must be an object, and the model must
 * see what it wrote.
 */
function inputOf(json: string): string {
  if (isBlank(json)) return '{}';
  try {
    if (recordOf(JSON.parse(json)) !== null) return json;
  } catch {
    // Passed on as a text.
  }
  return JSON.stringify({ arguments: json });
}
