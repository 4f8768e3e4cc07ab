import type {
  ImagePart,
  FilePart,
  MediaSource,
  ModelMessage,
  OutputFormat,
  ReplyPart,
  ReplyRequest,
  TextPart,
  ToolDefinition,
} from '../../../ports/ai-model.js';
import { listOf, recordOf, textOf, type JsonRecord } from '../lenient-json.js';
import type { CallOptions } from './language-model.js';

/** Returns what a model reads in a call, to estimate its size. What is unknown counts as the text of its JSON. */
export function readByModel({
  prompt,
  tools,
  responseFormat,
}: CallOptions): Pick<ReplyRequest, 'messages' | 'tools' | 'format'> {
  const format = formatOf(recordOf(responseFormat));
  return {
    messages: listOf(prompt).map(messageOf),
    tools: listOf(tools).map(toolOf),
    ...(format === null ? {} : { format }),
  };
}

function messageOf(value: unknown): ModelMessage {
  const message = recordOf(value) ?? {};
  const content = message['content'];
  if (message['role'] === 'system' || typeof content === 'string') {
    return { role: 'system', parts: [{ type: 'text', text: textOf(content) }] };
  }
  const parts = listOf(content).map(recordOf);
  if (message['role'] === 'assistant') {
    return { role: 'assistant', parts: parts.flatMap((part) => (part === null ? [] : [replyPartOf(part)])) };
  }
  return { role: 'user', parts: parts.flatMap((part) => (part === null ? [] : contentOf(part))) };
}

function replyPartOf(part: JsonRecord): ReplyPart {
  switch (part['type']) {
    case 'text':
      return { type: 'text', text: textOf(part['text']) };
    case 'reasoning':
      return { type: 'reasoning', text: textOf(part['text']), signature: null, isRedacted: false };
    case 'tool-call':
      return {
        type: 'tool_call',
        id: '',
        name: textOf(part['toolName']),
        arguments: jsonText(part['input']),
      };
    default:
      return { type: 'text', text: jsonText(part['output'] ?? part) };
  }
}

type Content = TextPart | ImagePart | FilePart;

/** Returns a part of a message of a user, or of the result of a tool. */
function contentOf(part: JsonRecord): Content[] {
  const { type, text } = part;
  if (type === 'text') return [{ type: 'text', text: textOf(text) }];
  if (type === 'tool-result') return toolResult(recordOf(part['output']) ?? {});
  if (part['data'] === undefined && part['url'] === undefined)
    return [{ type: 'text', text: jsonText(part) }];
  return [mediaOf(part)];
}

function toolResult({ type, value }: JsonRecord): Content[] {
  if (type !== 'content')
    return [{ type: 'text', text: typeof value === 'string' ? value : jsonText(value) }];
  return listOf(value).flatMap((one) => {
    const part = recordOf(one);
    return part === null ? [] : contentOf(part);
  });
}

function mediaOf(part: JsonRecord): Content {
  const mediaType = textOf(part['mediaType']);
  const tagged = recordOf(part['data']);
  if (tagged?.['type'] === 'text') return { type: 'text', text: textOf(tagged['text']) };
  const source = sourceOf(tagged?.['data'] ?? tagged?.['url'] ?? part['data'] ?? part['url'], mediaType);
  const isImage = mediaType.startsWith('image/') || textOf(part['type']).startsWith('image');
  return isImage
    ? { type: 'image', source }
    : { type: 'file', source, name: textOf(part['filename']) || null };
}

function sourceOf(data: unknown, mediaType: string): MediaSource {
  if (data instanceof Uint8Array) return { type: 'base64', mediaType, data: base64Of(data) };
  const text = typeof data === 'string' ? data : '';
  const embedded = /^data:([^;,]*)[^,]*;base64,/.exec(text.slice(0, 300));
  if (embedded !== null) {
    return { type: 'base64', mediaType: embedded[1] ?? mediaType, data: text.slice(embedded[0].length) };
  }
  const isBase64 = text !== '' && !/^[a-z][a-z\d+.-]*:/i.test(text.slice(0, 40));
  return isBase64 ? { type: 'base64', mediaType, data: text } : { type: 'url', url: text };
}

/** The most bytes that one call of `fromCharCode` gets: it takes each byte as an argument. */
const blockBytes = 8192;

function base64Of(bytes: Uint8Array): string {
  const blocks: string[] = [];
  for (let from = 0; from < bytes.length; from += blockBytes) {
    blocks.push(String.fromCharCode(...bytes.subarray(from, from + blockBytes)));
  }
  return btoa(blocks.join(''));
}

function toolOf(value: unknown): ToolDefinition {
  const tool = recordOf(value) ?? {};
  return {
    name: textOf(tool['name']),
    description: textOf(tool['description']),
    parameters: recordOf(tool['inputSchema']) ?? recordOf(tool['args']) ?? {},
  };
}

function formatOf(format: JsonRecord | null): OutputFormat | null {
  if (format?.['type'] !== 'json') return null;
  const schema = recordOf(format['schema']);
  if (schema === null) return { type: 'json' };
  const [name, description] = [textOf(format['name']), textOf(format['description'])];
  return { type: 'json_schema', name, description, schema, strict: null };
}

function jsonText(value: unknown): string {
  return JSON.stringify(value ?? null);
}
