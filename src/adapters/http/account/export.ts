import * as v from 'valibot';
import type { Attachment } from '../../../domain/chat/attachment.js';
import type { Exchange } from '../../../domain/chat/exchange.js';
import type { Core } from '../../../domain/core.js';
import { hasFactor } from '../../../domain/factors/factor.js';
import type { EmailChange } from '../../../domain/users/email-change.js';
import type { AccountExport } from '../../../domain/users/export-account.js';
import { pendingEmailOf } from '../../../domain/users/pending-email.js';
import { eventResponse, presentEvent } from '../admin/audit-event.js';
import { attachmentResponse } from '../chat/attachments.js';
import { conversationResponse, presentConversation } from '../chat/conversations.js';
import { exchangeResponse, presentExchange } from '../chat/history.js';
import { identityResponse, presentIdentity } from '../identities/identities.js';
import { orderResponse, presentOrder } from '../orders/orders.js';
import { defineRoute } from '../kit/define-route.js';
import { namedSchema } from '../kit/openapi/named-schema.js';
import { count, id, time } from '../kit/response-fields.js';
import { keyResponse, presentKey } from './api-keys.js';
import { factorsFields, presentFactors } from './factor-fields.js';
import { entryResponse, presentEntry } from './ledger-entries.js';
import { lotResponse, presentLot } from './lots.js';
import { presentProfile, profileResponse } from './profile.js';
import { presentSession, sessionResponse } from './sessions.js';
import { presentRedemption, redemptionResponse } from './vouchers.js';

/** A change of the email that is pending or can still be cancelled by the former address. */
const emailChangeResponse = v.object({
  id,
  former_email: v.nullable(v.string()),
  email: v.nullable(v.string()),
  requested_at: time,
  took_effect_at: v.nullable(time),
  cancellable_until: v.nullable(time),
});

/** With the data of its attachments in Base64; null for one that was sent as a `url`. */
const exportedExchange = v.object({
  ...exchangeResponse.entries,
  attachments: v.optional(v.array(v.object({ ...attachmentResponse.entries, data: v.nullable(v.string()) }))),
});

const exportResponse = namedSchema(
  'AccountExport',
  v.object({
    account: profileResponse,
    held: count,
    sessions: v.array(sessionResponse),
    keys: v.array(keyResponse),
    email_changes: v.array(emailChangeResponse),
    identities: v.array(identityResponse),
    /** Names and dates of second factors; their secrets are in no export. */
    factors: v.object(factorsFields),
    orders: v.array(orderResponse),
    lots: v.array(lotResponse),
    entries: v.array(entryResponse),
    vouchers: v.array(redemptionResponse),
    conversations: v.array(conversationResponse),
    chats: v.array(exportedExchange),
    audit: v.array(eventResponse),
  }),
);

export const exportAccount = defineRoute({
  method: 'GET',
  path: '/api/me/export/',
  id: 'exportMe',
  tag: 'Accounts',
  summary: 'Export all data of the account',
  access: 'account',
  responses: {
    200: {
      description: 'One document, to be saved as a file.',
      json: exportResponse,
      headers: ['Content-Disposition'],
    },
  },
  handler: async ({ c, core, caller }) => {
    const account = await core.users.exportAccount({ caller });
    c.header('Content-Type', 'application/json');
    c.header('Content-Disposition', 'attachment; filename="metered-chat-export.json"');
    // If the stream fails, the connection breaks: a document that ended early would look complete.
    const chunks = exportChunks(account, core);
    return c.body(ReadableStream.from(chunks).pipeThrough(new TextEncoderStream()));
  },
});

/** Yields the document in chunks, so that a long history is never in memory as a whole. */
async function* exportChunks(account: AccountExport, core: Core): AsyncIterable<string> {
  const facts = {
    balance: account.balance.balance,
    debt: account.debt,
    pendingEmail: pendingEmailOf(account.emailChanges),
    hasTwoFactors: hasFactor(account.factors),
    hasPassword: account.hasPassword,
    caps: account.caps,
    allowance: account.allowance,
    unit: core.unit,
  };
  yield `{"account":${JSON.stringify(presentProfile(account.user, facts))}`;
  yield `,"held":${account.balance.held}`;
  yield `,"sessions":${JSON.stringify(account.sessions.map((session) => presentSession(session, null)))}`;
  yield `,"keys":${JSON.stringify(account.apiKeys.map(presentKey))}`;
  yield `,"email_changes":${JSON.stringify(account.emailChanges.map(presentEmailChange))}`;
  yield `,"identities":${JSON.stringify(account.identities.map((identity) => presentIdentity(core, identity)))}`;
  yield `,"factors":${JSON.stringify(presentFactors(account.factors))}`;
  yield* arrayChunks('orders', account.orders, presentOrder);
  yield* arrayChunks('lots', account.lots, presentLot);
  yield* arrayChunks('entries', account.entries, presentEntry);
  yield* arrayChunks('vouchers', account.redemptions, presentRedemption);
  yield* arrayChunks('conversations', account.conversations, presentConversation);
  yield* arrayChunks('chats', account.exchanges, presentExportedExchange);
  yield* arrayChunks('audit', account.auditEvents, presentEvent);
  yield '}';
}

function presentExportedExchange({
  files,
  ...exchange
}: Exchange & { files: readonly (Attachment | null)[] }): v.InferOutput<typeof exportedExchange> {
  const { attachments, ...presented } = presentExchange(exchange);
  if (attachments === undefined) return presented;
  const dataOf = (file: Attachment | null | undefined) =>
    file?.source.type === 'base64' ? file.source.data : null;
  return {
    ...presented,
    attachments: attachments.map((attachment, position) => ({
      ...attachment,
      data: dataOf(files[position]),
    })),
  };
}

function presentEmailChange(change: EmailChange): v.InferOutput<typeof emailChangeResponse> {
  return {
    id: change.id,
    former_email: change.formerEmail,
    email: change.email,
    requested_at: change.requestedAt.toISOString(),
    took_effect_at: change.tookEffectAt?.toISOString() ?? null,
    cancellable_until: change.cancellableUntil?.toISOString() ?? null,
  };
}

async function* arrayChunks<Item>(
  name: string,
  items: AsyncIterable<Item>,
  present: (item: Item) => unknown,
): AsyncIterable<string> {
  let separator = `,"${name}":[`;
  for await (const item of items) {
    yield separator + JSON.stringify(present(item));
    separator = ',';
  }
  yield separator === ',' ? ']' : `${separator}]`;
}
