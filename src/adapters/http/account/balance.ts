import * as v from 'valibot';
import { exampleUnit, unitResponse } from '../kit/credit-unit.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count } from '../kit/response-fields.js';

const balanceResponse = namedSchema('Balance', v.object({ tokens: count, held: count, unit: unitResponse }));

export const readBalance = defineRoute({
  method: 'GET',
  path: '/api/tokens/',
  id: 'readBalance',
  tag: 'Tokens',
  summary: 'Read the balance',
  access: 'account',
  responses: {
    200: {
      description:
        'The available tokens, the tokens that are held for replies under way, and the unit in which to show them.',
      json: balanceResponse,
      example: { tokens: 3900, held: 0, unit: exampleUnit },
    },
  },
  handler: async ({ c, core, caller }) => {
    const { balance, held } = await core.ledger.balance({ caller, userId: caller.user.id });
    return c.json({ tokens: balance, held, unit: core.unit } satisfies v.InferOutput<typeof balanceResponse>);
  },
});
