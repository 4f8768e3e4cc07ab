import { clearMark } from '../session/session-mark.js';
import type {
  Account,
  ApiKey,
  Balance,
  Conversation,
  Entry,
  Exchange,
  Model,
  Page,
  Reply,
  Session,
} from './contract.js';
import { readEvents } from './events.js';
import { Problem, unreachable, type ProblemDocument } from './problem.js';
import { openSession, request, type RequestParts } from './request.js';

async function read<Body>(path: string, parts?: RequestParts): Promise<Body> {
  const response = await request(path, parts);
  try {
    return (await response.json()) as Body;
  } catch {
    throw unreachable();
  }
}

async function act(path: string, method: 'POST' | 'DELETE', body?: object): Promise<void> {
  const response = await request(path, { method, ...(body === undefined ? {} : { body }) });
  // What nobody reads is aborted once it is let go.
  await response.text().catch(() => undefined);
}

function pageOf(path: string, cursor: string | null, limit = 20): string {
  return `${path}?limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
}

export interface NewMessage {
  message: string;
  conversationId: string | null;
  model: string | null;
}

/** Every route of the contract that this page uses; each rejects with a `Problem`. */
export const api = {
  register: (body: { username: string; password: string; email: string }) =>
    openSession('/api/register/', body),
  signIn: (body: { username: string; password: string }) => openSession('/api/login/', body),
  /** A session that had ended already is no fault. `onLeave` is told just before it is over here. */
  signOut: async (onLeave: () => void) => {
    try {
      await act('/api/logout/', 'POST');
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'unauthenticated') throw error;
    }
    onLeave();
    clearMark();
  },
  forgotPassword: (email: string) => act('/api/password/forgot/', 'POST', { email }),

  account: () => read<Account>('/api/me/'),
  changeProfile: (body: { username?: string; email?: string | null; current_password?: string }) =>
    read<Account>('/api/me/', { method: 'PATCH', body }),
  changePassword: (body: { current_password: string; new_password: string; keep_keys: boolean }) =>
    act('/api/me/password/', 'POST', body),
  sendVerification: () => act('/api/email/verification/', 'POST'),
  exportAccount: async () => (await request('/api/me/export/')).blob(),
  eraseAccount: async (currentPassword: string, onLeave: () => void) => {
    await act('/api/me/', 'DELETE', { current_password: currentPassword });
    onLeave();
    clearMark();
  },

  sessions: async () => (await read<Page<Session>>('/api/sessions/')).results,
  endSession: (id: string) => act(`/api/sessions/${id}/`, 'DELETE'),
  endOtherSessions: () => act('/api/sessions/', 'DELETE'),
  keys: async () => (await read<Page<ApiKey>>('/api/keys/')).results,
  createKey: (body: { name: string; expires_at: string | null }) =>
    read<ApiKey & { key: string }>('/api/keys/', { method: 'POST', body }),
  removeKey: (id: string) => act(`/api/keys/${id}/`, 'DELETE'),

  models: async () => (await read<Page<Model>>('/api/models/')).results,
  balance: () => read<Balance>('/api/tokens/'),
  entries: (cursor: string | null) => read<Page<Entry>>(pageOf('/api/tokens/entries/', cursor)),

  conversations: (cursor: string | null) =>
    read<Page<Conversation>>(pageOf('/api/conversations/', cursor, 30)),
  conversation: (id: string, cursor: string | null) =>
    read<Conversation & Page<Exchange>>(pageOf(`/api/conversations/${encodeURIComponent(id)}/`, cursor)),
  renameConversation: (id: string, title: string) =>
    read<Conversation>(`/api/conversations/${id}/`, { method: 'PATCH', body: { title } }),
  eraseConversation: (id: string) => act(`/api/conversations/${id}/`, 'DELETE'),
  /** What was sent last, and when that was read by the server's clock. */
  latestExchanges: async () => {
    const response = await request('/api/chat/?limit=10');
    const { results } = (await response.json()) as Page<Exchange>;
    return { results, readAtMs: Date.parse(response.headers.get('Date') ?? '') || Date.now() };
  },
  /**
   * Sends a message and tells of the words as they come. No idempotency key: a request with one runs to its end even
   * when this page leaves it, and `signal` is to stop the model and what it costs.
   */
  send: async (sent: NewMessage, onText: (text: string) => void, signal: AbortSignal): Promise<Reply> => {
    const body = {
      message: sent.message,
      conversation_id: sent.conversationId,
      model: sent.model,
      stream: true,
    };
    const response = await request('/api/chat/', { method: 'POST', body, signal });
    return readReply(response, onText, signal);
  },
};

async function readReply(
  response: Response,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<Reply> {
  // Chromium reports a `no-store` answer that a reader takes to its end as aborted, unless it has another reader to come.
  const { body } = response.clone();
  if (body === null) throw unreachable();
  let reply: Reply | null = null;
  try {
    for await (const { event, data } of readEvents(body)) {
      if (event === 'delta') onText((JSON.parse(data) as { text: string }).text);
      if (event === 'done') reply = JSON.parse(data) as Reply;
      if (event === 'error') {
        const document = JSON.parse(data) as ProblemDocument & { status: number };
        throw new Problem(document.status, document);
      }
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    // Once all has come, it does not matter how the connection ends.
    if (reply === null) throw signal.aborted ? error : unreachable();
  }
  // A stream that merely ends has not said that it is whole.
  if (reply === null) throw unreachable();
  return reply;
}
