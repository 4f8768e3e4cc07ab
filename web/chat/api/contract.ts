/** The shapes of the HTTP contract, as far as this page uses them. */

export interface Account {
  id: string;
  username: string;
  email: string | null;
  email_verified: boolean;
  /** The email that takes effect once it is confirmed. */
  pending_email: string | null;
  role: 'user' | 'admin';
  tokens: number;
  created_at: string;
}

export interface Balance {
  tokens: number;
  held: number;
}

export type ExchangeStatus = 'pending' | 'completed' | 'cancelled' | 'failed' | 'imported';

export interface Exchange {
  id: string;
  conversation_id: string | null;
  message: string;
  response: string | null;
  /** Whether more was to come of the response, or is. */
  incomplete: boolean;
  status: ExchangeStatus;
  tokens_charged: number;
  model: string;
  created_at: string;
}

export interface Reply {
  id: string;
  conversation_id: string;
  response: string;
  model: string;
  tokens_charged: number;
  remaining_tokens: number;
  created_at: string;
}

export interface Conversation {
  id: string;
  title: string;
  created_at: string;
  updated_at: string;
}

export type Price = { per_message: number } | { per_1k_input: number; per_1k_output: number };

export interface Model {
  name: string;
  default: boolean;
  price: Price;
}

export interface Entry {
  id: string;
  kind: 'grant' | 'charge' | 'refund' | 'adjustment';
  amount: number;
  balance_after: number;
  chat_id: string | null;
  reason: string | null;
  created_at: string;
}

export interface Session {
  id: string;
  created_at: string;
  last_used_at: string;
  user_agent: string | null;
  current: boolean;
}

export interface ApiKey {
  id: string;
  name: string;
  last_characters: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
}

export interface Page<Item> {
  results: Item[];
  next: string | null;
}

export interface SessionTimes {
  expires_at: string;
  refresh_expires_at: string;
}
