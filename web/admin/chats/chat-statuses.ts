import type { ExchangeStatus } from '../../api/api-objects.js';
import { choicesOf } from '../lists/filter-choices.js';

/** What each status means for the balance of the user. */
export const statusDescriptions: Record<ExchangeStatus, string> = {
  pending: 'The reply is in progress. Its price is held until the reply is complete.',
  completed: 'The reply is complete and was charged.',
  failed: 'The reply failed. Nothing was charged, and the part that arrived is kept.',
  imported: 'The chat was imported from another system. Nothing was charged here.',
  cancelled: 'The user stopped the reply. The part that arrived was charged.',
};

/** The choices of the filter by status. */
export const chatStatusChoices = choicesOf<ExchangeStatus>({
  pending: 'In progress',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  imported: 'Imported',
});
