import { lotQuery, lotResponse, presentLot } from '../account/lots.js';
import { defineRoute } from '../kit/define-route.js';
import { presentPage, requestedPage } from '../kit/paging.js';
import { pageResponses } from '../kit/response-fields.js';

export const listUserLots = defineRoute({
  method: 'GET',
  path: '/api/admin/users/{id}/lots/',
  id: 'listUserLots',
  tag: 'Administration',
  summary: 'List the lots of an account',
  description: 'As the owner sees them. No allowance is given by this.',
  access: 'admin',
  query: lotQuery,
  responses: pageResponses(lotResponse),
  handler: async ({ c, core, caller, query, params }) => {
    const request = { caller, userId: params.id, onlyLeft: query.left !== undefined };
    return c.json(presentPage(await core.admin.lots(request, requestedPage(query)), presentLot));
  },
});
