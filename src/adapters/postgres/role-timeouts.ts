import type { Queryable } from './database.js';

const findMissing = `
  select format('alter role %I set %s = %L;', current_user, name, wanted) as command
  from (values ('statement_timeout', '30s'), ('lock_timeout', '5s')) as timeouts (name, wanted)
  where current_setting(name) = '0'`;

/** The commands that set the missing timeouts of the connected role. */
export async function missingRoleTimeouts(database: Queryable): Promise<string[]> {
  const rows = await database.query<{ command: string }>({ text: findMissing });
  return rows.map(({ command }) => command);
}
