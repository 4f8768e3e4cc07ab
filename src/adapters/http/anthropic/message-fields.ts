import * as v from 'valibot';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { exactly } from '../openai/completion-fields.js';
import {
  documentBlock,
  imageBlock,
  redactedThinkingBlock,
  textBlock,
  thinkingBlock,
  toolResultBlock,
  toolUseBlock,
} from './content-fields.js';

function textOr<const Block extends v.GenericSchema>(block: Block) {
  return v.lazy((content) =>
    Array.isArray(content) ? v.array(block) : v.string('Must be a string or a list of blocks.'),
  );
}

/** A system prompt: a text, or texts. */
export const systemField = textOr(textBlock);

/** The `messages` of a request in the format of Anthropic's API. */
export const messagesField = namedSchema(
  'AnthropicMessages',
  v.pipe(
    v.array(
      v.variant(
        'role',
        [
          exactly({
            role: v.literal('user'),
            content: textOr(
              v.variant(
                'type',
                [textBlock, imageBlock, documentBlock, toolResultBlock],
                'Must be text, image, document or tool_result.',
              ),
            ),
          }),
          exactly({
            role: v.literal('assistant'),
            content: textOr(
              v.variant(
                'type',
                [textBlock, thinkingBlock, redactedThinkingBlock, toolUseBlock],
                'Must be text, thinking, redacted_thinking or tool_use.',
              ),
            ),
          }),
          exactly({ role: v.literal('system'), content: systemField }),
        ],
        'Must be user, assistant or system.',
      ),
      'Must be a list of messages.',
    ),
    v.nonEmpty('Must not be empty.'),
  ),
);

export type AnthropicMessage = v.InferOutput<typeof messagesField>[number];

export type AnthropicBlock = Exclude<AnthropicMessage['content'], string>[number];
