import * as v from 'valibot';
import { exampleFactors, factorsFields, presentFactors } from '../account/factor-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { namedSchema } from '../kit/openapi/named-schema.js';

const factorsResponse = namedSchema('Factors', v.object(factorsFields));

export const readUserFactors = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/factors/',
  id: 'readUserFactors',
  tag: 'Administration',
  summary: 'Read the second factors of an account',
  access: 'admin',
  responses: {
    200: { description: 'The factors, without secrets.', json: factorsResponse, example: exampleFactors },
  },
  handler: async ({ c, core, caller, params }) =>
    c.json(presentFactors(await core.admin.factors({ caller, userId: params.id }))),
});

export const resetUserFactors = defineRoute({
  method: 'DELETE',
  path: '/api/admin/users/{id}/factors/',
  id: 'resetUserFactors',
  tag: 'Administration',
  summary: 'Remove every second factor of an account',
  description:
    'For a person who has lost one. Ends every session of the account, and sends it a mail. Requires a proof of identity of the last 10 minutes.',
  access: 'admin',
  responses: { 204: { description: 'The account has no second factor any more.', json: null } },
  problems: ['session_required', 'proof_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.admin.resetFactors({ caller, userId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});
