const accounts = 64;
const password = 'Bench-Pass-2026';

/** What the accounts of a server are called, and how they authenticate. */
export interface BenchAccounts {
  usernames: readonly string[];
  password: string;
  /** The auth token of each. */
  secrets: readonly string[];
}

/** Registers accounts, or uses those of an earlier run, and signs them in: by the requests of the original system alone. */
export async function openAccounts(url: string, prefix = 'bench'): Promise<BenchAccounts> {
  const usernames = Array.from({ length: accounts }, (_, number) => `${prefix}-${number}`);
  const secrets: string[] = [];
  for (const username of usernames) {
    const registered = await post(`${url}/api/register/`, { username, password });
    // Some servers sign in at registration, and of some the accounts exist already.
    const signedIn =
      secretOf(registered) ?? secretOf(await post(`${url}/api/login/`, { username, password }));
    if (signedIn === null) throw new Error(`${username} could not sign in: ${JSON.stringify(registered)}`);
    secrets.push(signedIn);
  }
  return { usernames, password, secrets };
}

async function post(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.json().catch(() => null);
}

function secretOf(body: unknown): string | null {
  const isToken =
    typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string';
  return isToken ? (body as { token: string }).token : null;
}
