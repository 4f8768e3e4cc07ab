import * as v from 'valibot';
import { modelResponse, presentModel } from '../chat/models.js';
import { unitResponse } from '../kit/credit-unit.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { noQuery } from '../kit/query-fields.js';
import { count, time, wholeListOf } from '../kit/response-fields.js';

const modelWithHealth = namedSchema(
  'ModelWithHealth',
  v.object({
    ...modelResponse.entries,
    health: v.object({
      last_success_at: v.nullable(time),
      replies: count,
      failures: count,
      error_rate: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    }),
  }),
);

const modelList = v.object({ ...wholeListOf(modelWithHealth).entries, unit: unitResponse });

export const listModelsWithHealth = defineRoute({
  method: 'GET',
  path: '/api/admin/models/',
  id: 'listModelsWithHealth',
  tag: 'Administration',
  summary: 'List the models with their health',
  description:
    'From the chats of all servers; no provider is asked. `replies` and `failures` are of the last hour: a chat is a failure of each model of the chain that was asked and failed, also if a fallback replied. Requests that a provider rejected do not count. `last_success_at` looks back 30 days.',
  access: 'admin',
  query: noQuery,
  responses: { 200: { description: 'All models.', json: modelList } },
  handler: async ({ c, core, caller }) => {
    const models = await core.admin.models({ caller });
    const results = models.map(({ health, ...model }) => ({
      ...presentModel(model),
      health: {
        last_success_at: health.lastSuccessAt?.toISOString() ?? null,
        replies: health.replies,
        failures: health.failures,
        error_rate: health.errorRate,
      },
    }));
    return c.json({ results, next: null, unit: core.unit });
  },
});
