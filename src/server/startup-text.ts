import { operatorCaller } from '../domain/auth/caller.js';
import type { Core } from '../domain/core.js';
import type { Log } from '../ports/log.js';

/** The text for the operator once the server is ready. `url` is where it listens. */
export function welcomeText(url: string, publicUrl: string | null): string {
  const site = publicUrl ?? url;
  const listens = site === url ? '' : ` It listens on ${url}.`;
  return `
metered-chat is ready at ${site}.${listens} Open it in a browser, or register and send a message with the "token" of the response:

  curl ${site}/api/register/ -H 'Content-Type: application/json' \\
    -d '{"username": "jane_doe", "password": "StrongPass123!"}'

  curl ${site}/api/chat/ -H 'Content-Type: application/json' -H 'Authorization: Token …' \\
    -d '{"message": "Hello, AI!"}'
`;
}

/** Returns the link that creates the first administrator, for the terminal and never for the log; null if there is one. */
export async function firstAdminText(core: Core, log: Log): Promise<string | null> {
  try {
    const link = await core.admin.issueFirstAdminLink({ caller: operatorCaller });
    if (link === null) return null;
    return `There is no administrator yet. Open this link within an hour to create one:\n\n  ${link}\n`;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ error: reason }, 'the link for the first administrator could not be created');
    return null;
  }
}
