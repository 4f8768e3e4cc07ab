import type { operations } from '../../../src/client/generated/api-types.js';

type Query<Id extends keyof operations> = NonNullable<operations[Id]['parameters']['query']>;

/** What the audit log can be filtered by. */
export type AuditAction = NonNullable<Query<'listAuditEvents'>['action']>;

/** What the ledger can be filtered by. */
export type EntryKind = NonNullable<Query<'listAllEntries'>['kind']>;

/** What chats can be filtered by. */
export type ChatStatus = NonNullable<Query<'listAllExchanges'>['status']>;

/** What accounts can be filtered by. */
export type Role = NonNullable<Query<'listUsers'>['role']>;
export type UserStatus = NonNullable<Query<'listUsers'>['status']>;

/** Choices of a filter from a table of names, so that the compiler asks for a name of each value that the API takes. */
export function choicesOf<Value extends string>(names: Record<Value, string>): { id: Value; name: string }[] {
  return (Object.entries(names) as [Value, string][]).map(([id, name]) => ({ id, name }));
}
