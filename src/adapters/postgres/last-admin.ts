import type { Queryable } from './database.js';

// Locked in one order, so that the last two admins who would leave nobody at once wait for each other.
const lockAdmins = `
  select id from users where role = 'admin' and status = 'active' order by id for update`;

/** Whether an account is the only active admin; nobody else becomes or ceases to be one until the transaction ends. */
export async function isLastAdmin(within: Queryable, userId: string): Promise<boolean> {
  const admins = await within.query<{ id: string }>({ text: lockAdmins });
  return admins.length === 1 && admins[0]?.id === userId;
}
