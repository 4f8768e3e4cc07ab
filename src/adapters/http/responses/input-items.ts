import * as v from 'valibot';
import { string } from '../kit/body-fields.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { cacheBreakpoint, exactly, notEmpty, toolName } from '../openai/completion-fields.js';
import { imageDetail, mediaUrl } from '../openai/media.js';

/** What clients send back of the items that they received, and that changes nothing. */
const receivedFields = { id: v.nullish(string), status: v.nullish(string) };

const emptyList = v.nullish(v.pipe(v.array(v.unknown(), 'Must be a list.'), v.empty('Must be empty.')));

const inputText = exactly({
  type: v.literal('input_text', 'Only parts of the type "input_text" are supported.'),
  text: string,
  prompt_cache_breakpoint: cacheBreakpoint,
});

const inputImage = exactly({
  type: v.literal('input_image'),
  image_url: mediaUrl,
  detail: imageDetail,
  prompt_cache_breakpoint: cacheBreakpoint,
});

const inputFile = v.pipe(
  exactly({
    type: v.literal('input_file'),
    file_data: v.nullish(mediaUrl),
    file_url: v.nullish(mediaUrl),
    filename: v.nullish(string),
    prompt_cache_breakpoint: cacheBreakpoint,
  }),
  v.check((file) => (file.file_data == null) !== (file.file_url == null), 'Must have file_data or file_url.'),
);

const inputParts = v.array(
  v.variant(
    'type',
    [inputText, inputImage, inputFile],
    'Only parts of the types "input_text", "input_image" and "input_file" are supported.',
  ),
);

const outputParts = v.array(
  v.variant(
    'type',
    [
      exactly({
        type: v.literal('output_text'),
        text: string,
        annotations: emptyList,
        logprobs: emptyList,
        parsed: v.optional(v.unknown()),
      }),
      inputText,
    ],
    'Only parts of the type "output_text" are supported.',
  ),
);

const textParts = v.array(inputText);

function stringOr<const Parts extends v.GenericSchema>(parts: Parts) {
  return v.lazy((content) =>
    Array.isArray(content) ? parts : v.string('Must be a string or a list of parts.'),
  );
}

/** `type` may be absent from messages only. */
const messageType = v.optional(v.literal('message'));

const message = v.variant(
  'role',
  [
    exactly({
      ...receivedFields,
      type: messageType,
      role: v.picklist(['system', 'developer']),
      content: stringOr(textParts),
    }),
    exactly({
      ...receivedFields,
      type: messageType,
      role: v.literal('user'),
      content: stringOr(inputParts),
    }),
    exactly({
      ...receivedFields,
      type: messageType,
      role: v.literal('assistant'),
      content: stringOr(outputParts),
    }),
  ],
  'Must be system, developer, user or assistant.',
);

const functionCall = exactly({
  ...receivedFields,
  type: v.literal('function_call'),
  call_id: v.pipe(string, notEmpty),
  name: toolName,
  arguments: string,
  parsed_arguments: v.optional(v.unknown()),
});

const functionCallOutput = exactly({
  ...receivedFields,
  type: v.literal('function_call_output'),
  call_id: string,
  output: stringOr(inputParts),
});

const reasoning = exactly({
  ...receivedFields,
  type: v.literal('reasoning'),
  summary: v.array(exactly({ type: v.literal('summary_text'), text: string }), 'Must be a list.'),
  content: v.nullish(
    v.array(exactly({ type: v.literal('reasoning_text'), text: string }), 'Must be a list.'),
  ),
  encrypted_content: v.nullish(string),
});

/** An item of an earlier response, which the account has in its history. */
const itemReference = exactly({ type: v.literal('item_reference'), id: string });

/** The `input` of a request, in the format of OpenAI's Responses API. */
export const responseInput = namedSchema(
  'ResponseInput',
  v.lazy((input) =>
    Array.isArray(input)
      ? v.pipe(
          v.array(
            v.variant(
              'type',
              [message, functionCall, functionCallOutput, reasoning, itemReference],
              'Only messages, function_call, function_call_output, reasoning and item_reference are supported.',
            ),
          ),
          v.nonEmpty('Must not be empty.'),
        )
      : v.string('Must be a string or a list of items.'),
  ),
);

export type InputItem = Extract<v.InferOutput<typeof responseInput>, readonly unknown[]>[number];
export type InputContent = v.InferOutput<typeof inputParts>;
