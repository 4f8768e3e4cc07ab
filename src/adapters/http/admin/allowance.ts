import * as v from 'valibot';
import type { AccountAllowance } from '../../../domain/ledger/read-allowance.js';
import { allowancePeriods } from '../../../domain/metering/allowance.js';
import { exampleAllowance } from '../account/allowance.js';
import { creditLimit, jsonObject } from '../kit/body-fields.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { noQuery } from '../kit/query-fields.js';
import { count, time } from '../kit/response-fields.js';

/** Without an allowance `amount` is 0. */
const accountAllowanceResponse = namedSchema(
  'AccountAllowance',
  v.object({
    amount: count,
    every: v.nullable(v.picklist(allowancePeriods)),
    renews_at: v.nullable(time),
    is_default: v.boolean(),
  }),
);

const allowanceChange = namedSchema(
  'AllowanceChange',
  jsonObject({
    amount: creditLimit,
    every: v.picklist(allowancePeriods, `Must be one of ${allowancePeriods.join(', ')}.`),
  }),
);

const example = { ...exampleAllowance, is_default: false };

export const readUserAllowance = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/allowance/',
  id: 'readUserAllowance',
  tag: 'Administration',
  summary: 'Read the allowance of an account',
  description: 'The one that was set for the account, or the default. Without one, `amount` is 0.',
  access: 'admin',
  query: noQuery,
  responses: { 200: { description: 'The allowance.', json: accountAllowanceResponse, example } },
  handler: async ({ c, core, caller, params }) =>
    c.json(present(await core.admin.allowance({ caller, userId: params.id }))),
});

export const setUserAllowance = defineRoute({
  method: 'PUT',
  path: '/api/admin/users/{id}/allowance/',
  id: 'setUserAllowance',
  tag: 'Administration',
  summary: 'Set the allowance of an account',
  description:
    'Replaces the default for this account, from its next use on; an amount of 0 gives it none. It is given once in each period, by the first use, and what is left of it expires with the period. What was given stays: another amount for the same kind of period begins with the next one.',
  access: 'admin',
  body: { schema: allowanceChange, examples: { monthly: { amount: 4000, every: 'month' } } },
  responses: { 200: { description: 'The allowance.', json: accountAllowanceResponse, example } },
  handler: async ({ c, core, caller, params, body }) => {
    const input = { caller, userId: params.id, allowance: body, origin: originOf(c) };
    return c.json(present(await core.admin.setAllowance(input)));
  },
});

export const removeUserAllowance = defineRoute({
  method: 'DELETE',
  path: '/api/admin/users/{id}/allowance/',
  id: 'removeUserAllowance',
  tag: 'Administration',
  summary: 'Let the default allowance apply to an account',
  access: 'admin',
  responses: { 204: { description: 'The default applies, from the next use on.', json: null } },
  handler: async ({ c, core, caller, params }) => {
    await core.admin.removeAllowance({ caller, userId: params.id, origin: originOf(c) });
    return c.body(null, 204);
  },
});

function present({
  allowance,
  isDefault,
  renewsAt,
}: AccountAllowance): v.InferOutput<typeof accountAllowanceResponse> {
  return {
    amount: allowance?.amount ?? 0,
    every: allowance?.every ?? null,
    renews_at: renewsAt?.toISOString() ?? null,
    is_default: isDefault,
  };
}
