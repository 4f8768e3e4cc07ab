import type { RaRecord } from 'react-admin';

/** One message and its reply, as the administration gets it. */
export interface Chat extends RaRecord<string> {
  conversation_id: string | null;
  message: string;
  response: string | null;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  status: ChatStatus;
  tokens_charged: number;
  model: string;
  created_at: string;
  user_id: string;
  username: string | null;
  usage: { input_tokens: number; output_tokens: number } | null;
}

type ChatStatus = 'pending' | 'completed' | 'failed' | 'cancelled';

/** What each status means for whoever pays. */
export const statusSentences: Record<ChatStatus, string> = {
  pending: 'The reply is under way; its price is held until it is there.',
  completed: 'The reply is complete and was charged.',
  failed: 'No reply came; what was held went back, and nothing was charged.',
  cancelled: 'The person left before the end; what had come until then was charged.',
};

export const chatStatusChoices = [
  { id: 'pending', name: 'Under way' },
  { id: 'completed', name: 'Completed' },
  { id: 'failed', name: 'Failed' },
  { id: 'cancelled', name: 'Cancelled' },
];
