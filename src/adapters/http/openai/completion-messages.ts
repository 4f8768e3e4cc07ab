import * as v from 'valibot';
import { messageText, replyParts } from '../../../domain/chat/model-message.js';
import type { FieldErrors } from '../../../domain/errors.js';
import type { FilePart, ImagePart, ModelMessage, ReplyPart, TextPart } from '../../../ports/ai-model.js';
import { string } from '../kit/body-fields.js';
import {
  cacheBreakpoint,
  exactly,
  notEmpty,
  optionalInteger,
  participantName,
  textContent,
  textPart,
  toolName,
} from './completion-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { invalidInput } from '../kit/problem.js';
import { imageDetail, mediaSource, mediaUrl } from './media.js';

const name = v.nullish(participantName);

const userPart = v.variant(
  'type',
  [
    textPart,
    exactly({
      type: v.literal('image_url'),
      image_url: exactly({ url: mediaUrl, detail: imageDetail }),
      prompt_cache_breakpoint: cacheBreakpoint,
    }),
    exactly({
      type: v.literal('file'),
      file: exactly({ file_data: mediaUrl, filename: v.nullish(string) }),
      prompt_cache_breakpoint: cacheBreakpoint,
    }),
  ],
  'Only parts of the types "text", "image_url" and "file" are supported.',
);

const userContent = v.lazy((content) =>
  Array.isArray(content) ? v.array(userPart) : v.string('Must be a string or a list of parts.'),
);

const signature = v.nullish(
  v.pipe(string, v.regex(/^[\x21-\x7E]+$/, 'Must be a signature as it was received.')),
);

/**
 * `index`, `parsed_arguments` and the signature of Gemini's thoughts are in the calls that clients have received or parsed,
 * and send back.
 */
const toolCall = exactly({
  id: v.pipe(string, notEmpty),
  type: v.literal('function', 'Only calls of the type "function" are supported.'),
  function: exactly({ name: toolName, arguments: string, parsed_arguments: v.optional(v.unknown()) }),
  index: optionalInteger(0),
  extra_content: v.nullish(exactly({ google: v.nullish(exactly({ thought_signature: signature })) })),
});

/** `annotations` and `parsed` are in the messages that clients have received or parsed, and send back. */
const assistantMessage = exactly({
  role: v.literal('assistant'),
  content: v.nullish(textContent),
  reasoning_content: v.nullish(string),
  tool_calls: v.nullish(v.array(toolCall, 'Must be a list of tool calls.')),
  name,
  annotations: v.nullish(v.pipe(v.array(v.unknown(), 'Must be a list.'), v.empty('Must be empty.'))),
  parsed: v.optional(v.unknown()),
});

/** The `messages` of a request, in the format of OpenAI's API. */
export const completionMessages = namedSchema(
  'CompletionMessages',
  v.pipe(
    v.array(
      v.variant(
        'role',
        [
          exactly({ role: v.picklist(['system', 'developer']), content: textContent, name }),
          exactly({ role: v.literal('user'), content: userContent, name }),
          assistantMessage,
          // Some clients repeat the name of the tool, which its call has given already.
          exactly({
            role: v.literal('tool'),
            content: textContent,
            tool_call_id: string,
            name: v.nullish(string),
          }),
        ],
        'Must be system, developer, user, assistant or tool.',
      ),
      'Must be a list of messages.',
    ),
    v.nonEmpty('Must not be empty.'),
  ),
);

type CompletionMessage = v.InferOutput<typeof completionMessages>[number];
type AssistantMessage = v.InferOutput<typeof assistantMessage>;

/**
 * Converts messages to those of the model port. Throws `invalid_input` if an assistant's message has neither content nor
 * tool calls, or if a tool's message refers to no tool call before it.
 */
export function modelMessages(messages: readonly CompletionMessage[]): ModelMessage[] {
  const earlierCallIds = new Set<string>();
  return messages.map((message, index) => {
    const errors = messageErrors(message, earlierCallIds, `messages.${index}`);
    if (errors !== null) throw invalidInput(errors);
    if (message.role === 'assistant') for (const { id } of message.tool_calls ?? []) earlierCallIds.add(id);
    return modelMessage(message);
  });
}

/** Returns the text of the last message of the user, which is empty if there is none. */
export function lastUserText(messages: readonly ModelMessage[]): string {
  return messageText(messages.findLast(({ role }) => role === 'user'));
}

function messageErrors(
  message: CompletionMessage,
  earlierCallIds: ReadonlySet<string>,
  path: string,
): FieldErrors | null {
  if (message.role === 'assistant' && message.content == null && (message.tool_calls ?? []).length === 0) {
    return { [`${path}.content`]: ['Is required if there are no tool calls.'] };
  }
  if (message.role === 'tool' && !earlierCallIds.has(message.tool_call_id)) {
    return { [`${path}.tool_call_id`]: ['Must be the id of a tool call in an earlier message.'] };
  }
  return null;
}

function modelMessage(message: CompletionMessage): ModelMessage {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: textParts(message.content), ...nameOf(message) };
    case 'user':
      return { role: 'user', parts: userParts(message.content), ...nameOf(message) };
    case 'assistant':
      return { role: 'assistant', parts: assistantParts(message), ...nameOf(message) };
    case 'tool':
      return {
        role: 'tool',
        parts: [
          {
            type: 'tool_result',
            toolCallId: message.tool_call_id,
            content: textParts(message.content),
            isError: false,
          },
        ],
      };
  }
}

function nameOf(message: { name?: string | null | undefined }): { name?: string } {
  return message.name == null ? {} : { name: message.name };
}

function textParts(content: v.InferOutput<typeof textContent>): TextPart[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.map(({ text }) => ({ type: 'text', text }));
}

function userParts(content: v.InferOutput<typeof userContent>): (TextPart | ImagePart | FilePart)[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.flatMap((part): (TextPart | ImagePart | FilePart)[] => {
    if (part.type === 'text') return [{ type: 'text', text: part.text }];
    const source = mediaSource(part.type === 'image_url' ? part.image_url.url : part.file.file_data);
    if (source === null) return [];
    if (part.type === 'file') return [{ type: 'file', source, name: part.file.filename ?? null }];
    const { detail } = part.image_url;
    return [{ type: 'image', source, ...(detail == null ? {} : { detail }) }];
  });
}

function assistantParts({ content, reasoning_content, tool_calls }: AssistantMessage): ReplyPart[] {
  const calls = (tool_calls ?? []).map(
    ({ id, function: { name, arguments: json }, extra_content: extra }) => ({
      ...{ id, name },
      ...(extra?.google?.thought_signature == null ? {} : { signature: extra.google.thought_signature }),
      // Clients send back the arguments that they received, which are empty if the tool takes none.
      arguments: json.trim() === '' ? '{}' : json,
    }),
  );
  const texts = content == null ? [] : textParts(content).filter(({ text }) => text !== '');
  const reasoning = { type: 'reasoning' as const, signature: null, isRedacted: false };
  return [
    ...(reasoning_content == null || reasoning_content === ''
      ? []
      : [{ ...reasoning, text: reasoning_content }]),
    ...texts,
    ...replyParts('', calls),
  ];
}
