import type { RaRecord } from 'react-admin';
import { choicesOf, type ChatStatus } from '../api/api-values.js';

/** One message and its reply, as the administration gets it. */
export interface Chat extends RaRecord<string> {
  conversation_id: string | null;
  message: string;
  response: string | null;
  incomplete: boolean;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  status: ChatStatus;
  tokens_charged: number;
  model: string;
  created_at: string;
  user_id: string;
  username: string | null;
  usage: { input_tokens: number; output_tokens: number } | null;
}

/** What each status means for whoever pays. */
export const statusSentences: Record<ChatStatus, string> = {
  pending: 'The reply is under way; its price is held until it is there.',
  completed: 'The reply is complete and was charged.',
  failed: 'The reply failed; what was held went back, and nothing was charged. What had come of it is kept.',
  imported: 'It came from another system; nothing was charged for it here.',
  cancelled: 'The person left before the end; what had come until then was charged.',
};

export const chatStatusChoices = choicesOf<ChatStatus>({
  pending: 'Under way',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  imported: 'Imported',
});
