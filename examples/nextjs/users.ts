/** The sessions of this program, by the value of their cookie. Yours are in your database. */
const sessions = new Map([['session-of-ada', 'ada']]);

/** Returns the id of the user who is signed in; null if there is none. */
export function userOf(cookies: string | null): string | null {
  const [, session = ''] = /(?:^|; )session=([^;]*)/.exec(cookies ?? '') ?? [];
  return sessions.get(session) ?? null;
}
