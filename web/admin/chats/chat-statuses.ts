import type { ExchangeStatus } from '../../api/api-objects.js';
import { text } from '../texts/page-texts.js';

const statuses = ['pending', 'completed', 'failed', 'cancelled', 'imported'] as const;

/** The name of a status. */
export function chatStatusText(status: ExchangeStatus): string {
  return text(`chatStatus.${status}`);
}

/** The choices of the filter by status. */
export function chatStatusChoices(): { id: ExchangeStatus; name: string }[] {
  return statuses.map((id) => ({ id, name: chatStatusText(id) }));
}
