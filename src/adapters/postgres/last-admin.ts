import type { Queryable } from './database.js';

// Locks in one order, so that two administrators who are removed concurrently wait for each other.
const lockAdmins = `
  select id from users where role = 'admin' and status = 'active' order by id for update`;

/** Whether an account is the only active administrator. The locks keep this true until the transaction ends. */
export async function isLastAdmin(within: Queryable, userId: string): Promise<boolean> {
  const admins = await within.query<{ id: string }>({ text: lockAdmins });
  return admins.length === 1 && admins[0]?.id === userId;
}
