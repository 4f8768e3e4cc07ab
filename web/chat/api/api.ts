import { Problem, unreachable } from '../../api/problem.js';
import { endSession } from '../../api/provider-sign-in.js';
import { openSession, request } from '../../api/request.js';
import { clearStoredSession } from '../../api/stored-session.js';
import type {
  Account,
  ApiKey,
  AttachmentToSend,
  Balance,
  Cap,
  Conversation,
  ConversationChange,
  ConversationSettings,
  CreatedApiKey,
  Entry,
  Exchange,
  FoundConversation,
  Identity,
  Login,
  Lot,
  Model,
  NewApiKey,
  NewCap,
  Page,
  ProblemDocument,
  ProfileChange,
  Registration,
  Reply,
  ReplyDelta,
  Session,
} from '../../api/api-objects.js';
import type { Notifications, NotificationsChange } from '../../api/shop-objects.js';
import { act, pageOf, read } from './read.js';
import { readEvents } from './read-events.js';

export interface NewMessage {
  message: string;
  attachments: readonly AttachmentToSend[];
  conversationId: string | null;
  settings: ConversationSettings;
  /** Where it goes in its conversation; nothing for after the newest message. */
  place: { after_id?: string; replaces_id?: string };
  /** The server completes the reply even if the page disconnects, and charges it once. */
  idempotencyKey: string;
}

/** The requests of the chat page. Each rejects with a `Problem`. */
export const api = {
  register: (body: Registration) => openSession('/api/register/', body),
  signIn: (body: Login) => openSession('/api/login/', body),
  /** Succeeds also if the session has ended already. `onLeave` is called just before the session is cleared here. */
  signOut: async (onLeave: () => void) => {
    const providerAddress = await endSession().catch((error: unknown) => {
      if (!(error instanceof Problem) || error.code !== 'unauthenticated') throw error;
      return null;
    });
    onLeave();
    clearStoredSession();
    if (providerAddress !== null) location.assign(providerAddress);
  },
  forgotPassword: (email: string) => act('/api/password/forgot/', 'POST', { email }),

  account: () => read<Account>('/api/me/'),
  changeProfile: (body: ProfileChange) => read<Account>('/api/me/', { method: 'PATCH', body }),
  /** Without the current password, a proof of identity of the last minutes is required. */
  changePassword: (body: { current_password?: string; new_password: string; keep_keys: boolean }) =>
    act('/api/me/password/', 'POST', body),
  sendVerification: () => act('/api/email/verification/', 'POST'),
  exportAccount: async () => (await request('/api/me/export/')).blob(),
  /** `proof` has the current password, or nothing after a proof of identity of the last minutes. */
  eraseAccount: async (proof: { current_password?: string }, onLeave: () => void) => {
    await act('/api/me/', 'DELETE', proof);
    onLeave();
    clearStoredSession();
  },

  sessions: async () => (await read<Page<Session>>('/api/sessions/')).results,
  endSession: (id: string) => act(`/api/sessions/${id}/`, 'DELETE'),
  endOtherSessions: () => act('/api/sessions/', 'DELETE'),
  identities: async () => (await read<Page<Identity>>('/api/me/identities/')).results,
  removeIdentity: (id: string) => act(`/api/me/identities/${id}/`, 'DELETE'),
  keys: async () => (await read<Page<ApiKey>>('/api/keys/')).results,
  createKey: (body: NewApiKey) => read<CreatedApiKey>('/api/keys/', { method: 'POST', body }),
  removeKey: (id: string) => act(`/api/keys/${id}/`, 'DELETE'),

  models: async () => (await read<Page<Model>>('/api/models/')).results,
  balance: () => read<Balance>('/api/tokens/'),
  entries: (cursor: string | null) => read<Page<Entry>>(pageOf('/api/tokens/entries/', cursor)),
  /** The newest lots that have something left. */
  lots: () => read<Page<Lot>>('/api/tokens/lots/?left=true&limit=100'),
  caps: async () => (await read<Page<Cap>>('/api/me/caps/')).results,
  setCap: (body: NewCap) => act('/api/me/caps/', 'POST', body),
  removeCap: (id: string) => act(`/api/me/caps/${id}/`, 'DELETE'),

  notifications: () => read<Notifications>('/api/me/notifications/'),
  changeNotifications: (body: NotificationsChange) =>
    read<Notifications>('/api/me/notifications/', { method: 'PATCH', body }),

  /** The conversations that have a text, or all of them. */
  conversations: (cursor: string | null, searched = '') =>
    read<Page<FoundConversation>>(
      pageOf('/api/conversations/', cursor, 30) +
        (searched === '' ? '' : `&q=${encodeURIComponent(searched)}`),
    ),
  pinnedConversations: async () =>
    (await read<Page<FoundConversation>>('/api/conversations/?pinned=true&limit=100')).results,
  conversation: (id: string, cursor: string | null, limit = 20) =>
    read<Conversation & Page<Exchange>>(
      pageOf(`/api/conversations/${encodeURIComponent(id)}/`, cursor, limit),
    ),
  changeConversation: (id: string, body: ConversationChange) =>
    read<Conversation>(`/api/conversations/${id}/`, { method: 'PATCH', body }),
  eraseConversation: (id: string) => act(`/api/conversations/${id}/`, 'DELETE'),
  /** The newest exchanges; `readAtMs` is the time of the server's clock. */
  latestExchanges: async () => {
    const response = await request('/api/chat/?limit=10');
    const { results } = (await response.json()) as Page<Exchange>;
    return { results, readAtMs: Date.parse(response.headers.get('Date') ?? '') || Date.now() };
  },
  /** Sends a message and calls `onText` with each chunk of the reply. */
  send: async (sent: NewMessage, onText: (text: string) => void, signal: AbortSignal): Promise<Reply> => {
    const body = {
      message: sent.message,
      ...(sent.attachments.length === 0 ? {} : { attachments: sent.attachments }),
      conversation_id: sent.conversationId,
      ...sent.settings,
      ...sent.place,
      stream: true,
    };
    const headers = { 'Idempotency-Key': sent.idempotencyKey };
    const response = await request('/api/chat/', { method: 'POST', body, headers, signal });
    return readReply(response, onText, signal);
  },
  /** Follows a reply that was sent elsewhere, from its beginning. */
  follow: async (id: string, onText: (text: string) => void, signal: AbortSignal): Promise<Reply> => {
    const response = await request(`/api/chat/${id}/stream/`, { signal });
    return readReply(response, onText, signal);
  },
  /** Reads an attachment by its path on this server. */
  attachment: async (path: string) => (await request(path)).blob(),
  /** Stops a reply. What came of it is kept. */
  stop: (id: string) => act(`/api/chat/${id}/stop/`, 'POST'),
};

async function readReply(
  response: Response,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<Reply> {
  // Chromium reports a `no-store` response as aborted once it is read to its end, unless a clone of it exists.
  const { body } = response.clone();
  if (body === null) throw unreachable();
  let reply: Reply | null = null;
  try {
    for await (const { event, data } of readEvents(body)) {
      if (event === 'delta') onText((JSON.parse(data) as ReplyDelta).text);
      if (event === 'done') reply = JSON.parse(data) as Reply;
      if (event === 'error') {
        const document = JSON.parse(data) as ProblemDocument & { status: number };
        throw new Problem(document.status, document);
      }
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    // After the `done` event it does not matter how the connection ends.
    if (reply === null) throw signal.aborted ? error : unreachable();
  }
  // A stream that ends without a `done` event is not complete.
  if (reply === null) throw unreachable();
  return reply;
}
