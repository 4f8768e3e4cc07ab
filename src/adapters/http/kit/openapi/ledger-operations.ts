import { pageOf } from '../response-fields.js';
import { balanceResponse, entryResponse } from '../../account/ledger-routes.js';
import type { Operations } from './operation.js';

/** Balance and ledger. */
export const ledgerOperations: Operations = {
  '/api/tokens/': {
    GET: {
      id: 'readBalance',
      tag: 'Tokens',
      summary: 'Read what can be spent',
      access: 'account',
      responses: {
        200: {
          description: 'What can be spent, and what is held for replies under way.',
          json: balanceResponse,
          example: { tokens: 3900, held: 0 },
        },
      },
    },
  },
  '/api/tokens/entries/': {
    GET: {
      id: 'listEntries',
      tag: 'Tokens',
      summary: 'List the ledger of the account',
      access: 'account',
      isPaged: true,
      responses: { 200: { description: 'A page, newest first.', json: pageOf(entryResponse) } },
    },
  },
};
