import type { components, operations } from '../../src/client/generated/api-types.js';

type Schemas = components['schemas'];
type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

/** One page of a list; `next` is the cursor of the following page, null on the last one. */
export interface Page<Item> {
  results: Item[];
  next: string | null;
}

/** A problem document (RFC 9457). A proxy in front of the server may send one that lacks any of its fields. */
export type ProblemDocument = Partial<Schemas['Problem']>;

export type Registration = Schemas['Registration'];
export type Login = Schemas['Login'];
export type SessionTimes = Pick<Schemas['OpenedSession'], 'expires_at'>;
export type Session = Schemas['Session'];
export type SignInOptions = Schemas['SignInOptions'];
export type SignedOut = Schemas['SignedOut'];
export type Identity = Schemas['Identity'];
export type Factors = Schemas['Factors'];
export type OwnFactors = Schemas['OwnFactors'];
export type Passkey = Schemas['Passkey'];
export type AddedPasskey = Schemas['AddedPasskey'];
export type RecoveryCodes = Schemas['RecoveryCodes'];
export type TotpSetup = Schemas['TotpSetup'];
export type FactorMethod = NonNullable<Schemas['Problem']['methods']>[number];
export type ApiKey = Schemas['Key'];
export type NewApiKey = Schemas['NewKey'];
export type CreatedApiKey = Schemas['CreatedKey'];

export type Account = Schemas['User'];
export type ProfileChange = Schemas['ProfileChange'];
export type Balance = Schemas['Balance'];
export type Entry = Schemas['Entry'];
export type Lot = Schemas['Lot'];
export type Allowance = Schemas['Allowance'];
export type Cap = Schemas['Cap'];
export type NewCap = Schemas['CapToSet'];
export type Model = Schemas['Model'];
export type ModelWithHealth = Schemas['ModelWithHealth'];
export type Conversation = Schemas['Conversation'];
export type FoundConversation = Schemas['FoundConversation'];
export type ConversationChange = Schemas['ConversationChange'];
/** What applies to all messages of a conversation. */
export type ConversationSettings = Pick<Conversation, 'model' | 'system_prompt' | 'temperature'>;

/** What can be changed of them. */
export type SettingsChange = Pick<ConversationChange, 'model' | 'system_prompt' | 'temperature'>;
export type Exchange = Schemas['Exchange'];
export type AttachmentToSend = Schemas['AttachmentToSend'];
export type Reply = Schemas['SentMessage'];
export type ReplyDelta = Schemas['Delta'];

/** An account in a list, or alone with `uncollected` and `debt`. */
export type ListedUser = Schemas['ListedUser'] & Partial<Pick<Schemas['FoundUser'], 'uncollected' | 'debt'>>;
export type ListedExchange = Schemas['NamedExchange'];
export type ListedEntry = Schemas['NamedEntry'];
export type ListedAuditEvent = Schemas['NamedAuditEvent'];
export type Adjustment = Schemas['Adjustment'];
export type AccountAllowance = Schemas['AccountAllowance'];
export type AllowanceChange = Schemas['AllowanceChange'];
export type ServiceKey = Schemas['ServiceKey'];
export type NewServiceKey = Schemas['NewServiceKey'];
export type CreatedServiceKey = Schemas['CreatedServiceKey'];
export type Statistics = Schemas['Statistics'];
export type LedgerAudit = Schemas['LedgerAudit'];

export type AuditAction = NonNullable<Query<'listAuditEvents'>['action']>;
export type EntryKind = NonNullable<Query<'listAllEntries'>['kind']>;
export type ExchangeStatus = NonNullable<Query<'listAllExchanges'>['status']>;
export type Role = NonNullable<Query<'listUsers'>['role']>;
export type UserStatus = NonNullable<Query<'listUsers'>['status']>;
