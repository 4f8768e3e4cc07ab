import * as v from 'valibot';
import { openAiErrorResponse } from '../../openai/openai-error.js';
import { completionBody } from '../../openai/completion-request.js';
import { listedModelResponse, modelListResponse } from '../../openai/models.js';
import { chunkResponse, completionResponse } from '../../openai/completion-response.js';
import type { Operations } from './operation.js';

const exampleModel = { id: 'echo', object: 'model', created: 0, owned_by: 'metered-chat' };

/** What OpenAI's own clients call. */
export const completionOperations: Operations = {
  '/v1/chat/completions': {
    POST: {
      id: 'createCompletion',
      tag: 'OpenAI-compatible',
      summary: 'Complete a chat',
      description:
        'As the API of OpenAI has it. Parameters that are not supported are refused by name, never left out in silence.',
      access: 'program',
      isLimited: true,
      isIdempotent: true,
      body: {
        schema: completionBody,
        examples: {
          plain: { model: 'echo', messages: [{ role: 'user', content: 'Hello, AI!' }] },
          streamed: {
            model: 'echo',
            messages: [{ role: 'user', content: 'Hello, AI!' }],
            stream: true,
            stream_options: { include_usage: true },
          },
        },
      },
      responses: {
        200: {
          description: 'The reply, whole or in chunks.',
          json: completionResponse,
          headers: ['X-Remaining-Tokens'],
          events: {
            schemas: { message: v.union([chunkResponse, openAiErrorResponse]) },
            description:
              'Chunks, then `[DONE]`; or an error in the shape of OpenAI, which is then the end. Comments are sent while nothing comes.',
            example: 'data: {"object":"chat.completion.chunk", …}\n\ndata: [DONE]\n\n',
          },
        },
      },
      problems: [
        ...(['model_not_found', 'unsupported_parameter', 'context_length_exceeded'] as const),
        ...(['not_found', 'content_filtered', 'insufficient_tokens', 'email_not_verified'] as const),
        ...(['provider_busy', 'provider_failed', 'provider_timeout'] as const),
      ],
    },
  },
  '/v1/models': {
    GET: {
      id: 'listCompletionModels',
      tag: 'OpenAI-compatible',
      summary: 'List the models',
      access: 'program',
      responses: {
        200: {
          description: 'All of them.',
          json: modelListResponse,
          example: { object: 'list', data: [exampleModel] },
        },
      },
    },
  },
  '/v1/models/{name}': {
    GET: {
      id: 'readCompletionModel',
      tag: 'OpenAI-compatible',
      summary: 'Read a model',
      access: 'program',
      responses: { 200: { description: 'The model.', json: listedModelResponse, example: exampleModel } },
      problems: ['model_not_found'],
    },
  },
};
