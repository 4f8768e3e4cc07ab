import { identityResponse, presentIdentity } from '../identities/identities.js';
import { defineRoute } from '../kit/define-route.js';
import { originOf } from '../kit/headers.js';
import { noQuery } from '../kit/query-fields.js';
import { wholeListOf } from '../kit/response-fields.js';

export const listUserIdentities = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/identities/',
  id: 'listUserIdentities',
  tag: 'Administration',
  summary: 'List the identities by which an account signs in',
  access: 'admin',
  query: noQuery,
  responses: { 200: { description: 'All identities.', json: wholeListOf(identityResponse) } },
  handler: async ({ c, core, caller, params }) => {
    const identities = await core.admin.identities({ caller, userId: params.id });
    return c.json({ results: identities.map((identity) => presentIdentity(core, identity)), next: null });
  },
});

export const removeUserIdentity = defineRoute({
  method: 'DELETE',
  path: '/api/admin/users/{id}/identities/{identity_id}/',
  id: 'removeUserIdentity',
  tag: 'Administration',
  summary: 'Remove an identity of an account',
  description: 'Also the last one. Open sessions stay; end them separately.',
  access: 'admin',
  responses: { 204: { description: 'The identity no longer signs in to the account.', json: null } },
  problems: ['session_required'],
  handler: async ({ c, core, caller, params }) => {
    await core.admin.removeIdentity({
      caller,
      userId: params.id,
      identityId: params.identity_id,
      origin: originOf(c),
    });
    return c.body(null, 204);
  },
});
