import * as v from 'valibot';
import { apiKeyOf } from '../../../domain/auth/caller.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count } from '../kit/response-fields.js';
import { countBody, countRequest } from './message-request.js';
import { requireVersion } from './messages.js';

const countResponse = namedSchema('AnthropicCount', v.object({ input_tokens: count }));

export const countMessageTokens = defineRoute({
  method: 'POST',
  path: '/v1/messages/count_tokens',
  id: 'countMessageTokens',
  tag: 'Anthropic-compatible',
  summary: 'Count the tokens of a message',
  description: 'The estimate by which a reply is charged if its provider reports no usage. It costs nothing.',
  access: 'program',
  rateLimit: ({ core, caller }) => core.limits.inputCount(caller.user.id),
  body: {
    schema: countBody,
    examples: { plain: { model: 'echo', messages: [{ role: 'user', content: 'Hello, AI!' }] } },
    parse: countRequest,
    isLarge: true,
  },
  responses: {
    200: { description: 'The estimate.', json: countResponse, example: { input_tokens: 4 } },
  },
  problems: ['model_not_found', 'model_not_allowed', 'unsupported_parameter'],
  handler: ({ c, core, caller, body }) => {
    requireVersion(c);
    const tokens = core.chat.countInput({ ...body, apiKey: apiKeyOf(caller) });
    return c.json({ input_tokens: tokens });
  },
});
