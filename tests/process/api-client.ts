/** An account as a client of the API knows it. */
export interface Account {
  username: string;
  accessSecret: string;
}

export interface TestResponse<Body> {
  status: number;
  body: Body;
  headers: Headers;
}

/** What an answered chat says. */
export interface ChatResponse {
  id: string;
  response: string;
  tokens_charged: number;
  remaining_tokens: number;
}

/** One line of the history. */
export interface HistoryLine {
  id: string;
  message: string;
  response: string | null;
  status: string;
  tokens_charged: number;
}

const password = 'StrongPass123!';

/** Calls the API. Rejects only when no whole answer came. */
export async function call<Body>(
  url: string,
  path: string,
  options: { method?: string; accessSecret?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<TestResponse<Body>> {
  const response = await fetch(url + path, {
    method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(options.accessSecret === undefined ? {} : { Authorization: `Token ${options.accessSecret}` }),
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
  if (status !== 201) throw new Error(`Register answered ${status}: ${JSON.stringify(body)}`);
  return { username, accessSecret: body.token };
}

/** Registers accounts one after another, so that hashing their passwords disturbs nobody. */
export async function registerMany(url: string, prefix: string, count: number): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let index = 0; index < count; index += 1) accounts.push(await register(url, `${prefix}_${index}`));
  return accounts;
}

export async function logIn(url: string, username: string): Promise<Account> {
  const { status, body } = await call<{ token: string }>(url, '/api/login/', {
    body: { username, password },
  });
  if (status !== 200) throw new Error(`Login answered ${status}.`);
  return { username, accessSecret: body.token };
}

export function chat(
  url: string,
  { accessSecret }: Account,
  message: string,
  idempotencyKey?: string,
): Promise<TestResponse<ChatResponse>> {
  const headers = idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey };
  return call(url, '/api/chat/', { accessSecret, body: { message }, headers });
}

export async function balanceOf(
  url: string,
  { accessSecret }: Account,
): Promise<{ tokens: number; held: number }> {
  const { body } = await call<{ tokens: number; held: number }>(url, '/api/tokens/', { accessSecret });
  return body;
}

/** Every exchange of an account, newest first. */
export async function historyOf(url: string, { accessSecret }: Account): Promise<HistoryLine[]> {
  const lines: HistoryLine[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const { status, body } = await call<{ results: HistoryLine[]; next: string | null }>(
      url,
      `/api/chat/?limit=100${query}`,
      { accessSecret },
    );
    if (status !== 200) throw new Error(`The history answered ${status}.`);
    lines.push(...body.results);
    cursor = body.next;
  }
  return lines;
}
