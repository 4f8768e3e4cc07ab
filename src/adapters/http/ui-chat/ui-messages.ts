import * as v from 'valibot';
import type { FilePart, ImagePart, ModelMessage, ReplyPart, TextPart } from '../../../ports/ai-model.js';
import { string } from '../kit/body-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { mediaSource, mediaUrl } from '../openai/media.js';

const textPart = v.object({ type: v.literal('text'), text: string });

const filePart = v.object({
  type: v.literal('file'),
  mediaType: string,
  url: mediaUrl,
  filename: v.nullish(string),
});

const reasoningPart = v.object({ type: v.literal('reasoning'), text: string });

/** What is only for the page: no model reads it in the AI SDK either. */
const partOfPage = v.object({ type: v.pipe(string, v.regex(/^(step-start|source-.+|data-.+)$/)) });

/** The messages of a chat, in the format of `useChat`. */
export const uiMessages = namedSchema(
  'UiMessages',
  v.pipe(
    v.array(
      v.variant(
        'role',
        [
          v.object({
            role: v.literal('system'),
            parts: v.array(textPart, 'Must be a list of parts of the type "text".'),
          }),
          v.object({
            role: v.literal('user'),
            parts: v.array(
              v.union(
                [textPart, filePart, partOfPage],
                'Only parts of the types "text" and "file" are supported; the URL of a file must be an https URL or a data URL in Base64.',
              ),
              'Must be a list of parts.',
            ),
          }),
          v.object({
            role: v.literal('assistant'),
            parts: v.array(
              v.union(
                [textPart, reasoningPart, partOfPage],
                'Only parts of the types "text" and "reasoning" are supported.',
              ),
              'Must be a list of parts.',
            ),
          }),
        ],
        'Must be system, user or assistant.',
      ),
      'Must be a list of messages.',
    ),
    v.nonEmpty('Must not be empty.'),
  ),
);

type UiMessage = v.InferOutput<typeof uiMessages>[number];

/** Converts the messages of a chat to those of the model port. An assistant's message without text is left out: its reply failed. */
export function modelMessages(messages: readonly UiMessage[]): ModelMessage[] {
  return messages.flatMap((message): ModelMessage[] => {
    switch (message.role) {
      case 'system':
        return [{ role: 'system', parts: message.parts.map(({ text }) => ({ type: 'text', text })) }];
      case 'user':
        return [{ role: 'user', parts: message.parts.flatMap(userPart) }];
      case 'assistant': {
        const parts = message.parts.flatMap(replyPart);
        return parts.some(({ type }) => type === 'text') ? [{ role: 'assistant', parts }] : [];
      }
    }
  });
}

type PartOf<Role extends UiMessage['role']> = Extract<UiMessage, { role: Role }>['parts'][number];

function userPart(part: PartOf<'user'>): (TextPart | ImagePart | FilePart)[] {
  if ('text' in part) return [{ type: 'text', text: part.text }];
  const source = 'url' in part ? mediaSource(part.url) : null;
  if (!('url' in part) || source === null) return [];
  if (/^image\//i.test(part.mediaType)) return [{ type: 'image', source }];
  return [{ type: 'file', source, name: part.filename ?? null }];
}

function replyPart(part: PartOf<'assistant'>): ReplyPart[] {
  if (!('text' in part) || part.text === '') return [];
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  return [{ type: 'reasoning', text: part.text, signature: null, isRedacted: false }];
}
