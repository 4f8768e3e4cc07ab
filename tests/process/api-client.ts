/** An account and the auth token of its client. */
export interface Account {
  username: string;
  authToken: string;
}

export interface TestResponse<Body> {
  status: number;
  body: Body;
  headers: Headers;
}

/** The body of a successful chat. */
export interface ChatResponse {
  id: string;
  response: string;
  tokens_charged: number;
  remaining_tokens: number;
}

/** One exchange of the history. */
export interface ExchangeLine {
  id: string;
  message: string;
  response: string | null;
  status: string;
  tokens_charged: number;
}

const password = 'StrongPass123!';

/** Calls the API. Rejects only if no complete response arrives. */
export async function call<Body>(
  url: string,
  path: string,
  options: { method?: string; authToken?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<TestResponse<Body>> {
  const response = await fetch(url + path, {
    method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(options.authToken === undefined ? {} : { Authorization: `Token ${options.authToken}` }),
      ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const body = (text === '' ? null : JSON.parse(text)) as Body;
  return { status: response.status, body, headers: response.headers };
}

export async function register(url: string, username: string): Promise<Account> {
  const { status, body } = await call<{ token: string }>(url, '/api/register/', {
    body: { username, password },
  });
  if (status !== 201) throw new Error(`The registration returned ${status}: ${JSON.stringify(body)}`);
  return { username, authToken: body.token };
}

/** Registers accounts one after another, so that hashing their passwords does not slow down other tests. */
export async function registerMany(url: string, prefix: string, count: number): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let index = 0; index < count; index += 1) accounts.push(await register(url, `${prefix}_${index}`));
  return accounts;
}

export async function logIn(url: string, username: string): Promise<Account> {
  const { status, body } = await call<{ token: string }>(url, '/api/login/', {
    body: { username, password },
  });
  if (status !== 200) throw new Error(`The login returned ${status}.`);
  return { username, authToken: body.token };
}

export function chat(
  url: string,
  { authToken }: Account,
  message: string,
  idempotencyKey?: string,
): Promise<TestResponse<ChatResponse>> {
  const headers = idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey };
  return call(url, '/api/chat/', { authToken, body: { message }, headers });
}

export async function balanceOf(
  url: string,
  { authToken }: Account,
): Promise<{ tokens: number; held: number }> {
  const { body } = await call<{ tokens: number; held: number }>(url, '/api/tokens/', { authToken });
  return { tokens: body.tokens, held: body.held };
}

/** Returns all exchanges of an account, newest first. */
export async function historyOf(url: string, { authToken }: Account): Promise<ExchangeLine[]> {
  const lines: ExchangeLine[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { status, body } = await call<{ results: ExchangeLine[]; next: string | null }>(
      url,
      `/api/chat/?limit=100${query}`,
      { authToken },
    );
    if (status !== 200) throw new Error(`The history returned ${status}.`);
    lines.push(...body.results);
    cursor = body.next;
  }
  return lines;
}
