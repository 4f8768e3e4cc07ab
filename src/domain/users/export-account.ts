import type { ApiKeyStore } from '../../ports/api-key-store.js';
import type { AuditLog } from '../../ports/audit-log.js';
import type { AuthTokenStore } from '../../ports/auth-token-store.js';
import type { FactorStore } from '../../ports/factor-store.js';
import type { HoldLedger } from '../../ports/hold-ledger.js';
import type { ConversationStore } from '../../ports/conversation-store.js';
import type { EmailChangeStore } from '../../ports/email-change-store.js';
import type { IdentityStore } from '../../ports/identity-store.js';
import type { LotLedger } from '../../ports/lot-ledger.js';
import type { OrderStore } from '../../ports/order-store.js';
import type { CreditLedger } from '../../ports/credit-ledger.js';
import type { UserStore } from '../../ports/user-store.js';
import type { VoucherStore } from '../../ports/voucher-store.js';
import type { AuditEvent } from '../audit/audit-event.js';
import type { Caller } from '../auth/caller.js';
import type { ApiKey } from '../auth/api-key.js';
import type { Session } from '../auth/session.js';
import type { Conversation } from '../chat/conversation.js';
import type { Attachment } from '../chat/attachment.js';
import type { Exchange } from '../chat/exchange.js';
import type { Factors } from '../factors/factor.js';
import type { Identity } from '../identities/identity.js';
import { hasPassword } from '../identities/manage-identities.js';
import type { Balance, Entry } from '../ledger/entry.js';
import { readAllowance, type AccountAllowance, type ReadAllowanceDeps } from '../ledger/read-allowance.js';
import { readBalance, type ReadBalanceDeps } from '../ledger/read-balance.js';
import { readLots } from '../ledger/read-lots.js';
import type { Lot } from '../metering/lot.js';
import type { CapState } from '../metering/cap.js';
import { readCaps, type ReadCapsDeps } from '../metering/read-caps.js';
import type { Order } from '../orders/order.js';
import { everyItem } from '../page.js';
import { unknownOrigin } from '../audit/audit-event.js';
import type { Redemption } from '../vouchers/voucher.js';
import type { EmailChange } from './email-change.js';
import type { User } from './user.js';

export interface ExportAccountDeps extends Omit<ReadCapsDeps, 'policy'>, ReadBalanceDeps, ReadAllowanceDeps {
  lotLedger: Pick<LotLedger, 'lots' | 'allowance'>;
  orderStore: Pick<OrderStore, 'list' | 'debt'>;
  authTokenStore: Pick<AuthTokenStore, 'sessions'>;
  apiKeyStore: Pick<ApiKeyStore, 'keys'>;
  emailChangeStore: Pick<EmailChangeStore, 'changes'>;
  identityStore: Pick<IdentityStore, 'identities'>;
  userStore: Pick<UserStore, 'findById'>;
  factorStore: Pick<FactorStore, 'factors'>;
  creditLedger: Pick<CreditLedger, 'balance' | 'entries'>;
  holdLedger: Pick<HoldLedger, 'exchanges' | 'attachment'>;
  conversationStore: Pick<ConversationStore, 'list'>;
  voucherStore: Pick<VoucherStore, 'redemptions'>;
  auditLog: Pick<AuditLog, 'events'>;
}

/** Everything that is stored about an account. Long lists are read page by page, newest first. */
export interface AccountExport {
  user: User;
  balance: Balance;
  sessions: Session[];
  apiKeys: ApiKey[];
  caps: CapState[];
  emailChanges: EmailChange[];
  identities: Identity[];
  hasPassword: boolean;
  /** Names and dates, without secrets. */
  factors: Factors;
  allowance: AccountAllowance;
  debt: number;
  orders: AsyncIterable<Order>;
  lots: AsyncIterable<Lot>;
  entries: AsyncIterable<Entry>;
  redemptions: AsyncIterable<Redemption>;
  conversations: AsyncIterable<Conversation>;
  /** Each with the whole of its `attachments`; null for one that was erased meanwhile. */
  exchanges: AsyncIterable<Exchange & { files: readonly (Attachment | null)[] }>;
  auditEvents: AsyncIterable<AuditEvent>;
}

/** Returns everything that is stored about the caller's account. Digests of secrets are left out. */
export async function exportAccount(
  deps: ExportAccountDeps,
  { caller }: { caller: Caller },
): Promise<AccountExport> {
  const { user } = caller;
  return {
    user,
    balance: await readBalance(deps, { caller, userId: user.id }),
    sessions: await deps.authTokenStore.sessions(user.id),
    apiKeys: await deps.apiKeyStore.keys(user.id),
    caps: await readCaps(deps, user.id),
    emailChanges: await deps.emailChangeStore.changes(user.id),
    identities: await deps.identityStore.identities(user.id),
    hasPassword: await hasPassword(deps, { caller }),
    factors: await deps.factorStore.factors(user.id),
    allowance: await readAllowance(deps, { caller, userId: user.id }),
    debt: (await deps.orderStore.debt(user.id)) ?? 0,
    orders: everyItem((page) => deps.orderStore.list(user.id, page)),
    lots: everyItem((page) => readLots(deps, { caller, userId: user.id }, page)),
    entries: everyItem((page) => deps.creditLedger.entries(user.id, page)),
    redemptions: everyItem((page) => deps.voucherStore.redemptions(user.id, page)),
    conversations: everyItem((page) => deps.conversationStore.list(user.id, page)),
    exchanges: exchangesOf(deps, user.id),
    auditEvents: eventsOf(deps, user.id),
  };
}

async function* exchangesOf(
  { holdLedger }: Pick<ExportAccountDeps, 'holdLedger'>,
  userId: string,
): AccountExport['exchanges'] {
  for await (const exchange of everyItem((page) => holdLedger.exchanges(userId, page))) {
    const files: (Attachment | null)[] = [];
    for (const position of (exchange.attachments ?? []).keys()) {
      files.push(await holdLedger.attachment({ userId, exchangeId: exchange.id }, position));
    }
    yield { ...exchange, files };
  }
}

/** Leaves out the origin of events that another account or a service key caused: the owner may not see it. */
async function* eventsOf(
  { auditLog }: Pick<ExportAccountDeps, 'auditLog'>,
  userId: string,
): AsyncIterable<AuditEvent> {
  for await (const event of everyItem((page) => auditLog.events(userId, page))) {
    const actorId = event.actorId ?? event.serviceKeyId;
    const isOwn = actorId === null || actorId === userId;
    yield isOwn ? event : { ...event, origin: unknownOrigin };
  }
}
