import { setTimeout as delay } from 'node:timers/promises';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import type { TestApi } from './test-api.js';

/** A response that was read to its end. `body` is its JSON, or an empty object. */
export interface TestResponse {
  status: number;
  headers: Headers;
  text: string;
  body: Record<string, unknown>;
}

/** What a request may carry. */
export interface RequestParts {
  json?: unknown;
  /** Sent as it is, in place of `json`. */
  raw?: string | Uint8Array<ArrayBuffer> | Blob;
  /** An access secret, sent as `Authorization: Token …`. */
  auth?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends a request and reads the response. Remembers every secret that was accepted or issued. */
export async function ask(
  { app, engine }: Pick<TestApi, 'app' | 'engine'>,
  method: string,
  path: string,
  { json, raw, auth, headers, signal }: RequestParts = {},
): Promise<TestResponse> {
  const body = raw ?? (json === undefined ? null : JSON.stringify(json));
  const response = await app.request(path, {
    method,
    body,
    headers: {
      ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(auth === undefined ? {} : { Authorization: `Token ${auth}` }),
      ...headers,
    },
    ...(signal === undefined ? {} : { signal }),
  });
  const result = await read(response);
  if (result.status < 300) {
    rememberSecrets(engine.secrets, json);
    rememberSecrets(engine.secrets, result.body);
  }
  // Of a sign-in that goes on, also in a problem, and of passkeys.
  const { challenge } = result.body;
  if (typeof challenge === 'string') engine.secrets.add(challenge);
  return result;
}

/** Reads a response to its end. */
export async function read(response: Response): Promise<TestResponse> {
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('Content-Type')?.includes('json');
  const body = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, text, body };
}

const secretFields = [
  'password',
  'password1',
  'password2',
  'new_password',
  'token',
  'refresh_token',
  'setup_token',
  'key',
] as const;

function rememberSecrets(secrets: Set<string>, document: unknown): void {
  if (typeof document !== 'object' || document === null) return;
  for (const name of secretFields) {
    const secret = (document as Record<string, unknown>)[name];
    if (typeof secret === 'string') secrets.add(secret);
  }
  const { recovery_codes: codes, uri, secret } = document as Record<string, unknown>;
  if (Array.isArray(codes)) for (const code of codes) secrets.add(String(code));
  if (typeof uri === 'string' && uri.startsWith('otpauth:')) secrets.add(String(secret));
}

let names = 0;

/** A username that no other test has. */
export function freshName(): string {
  names += 1;
  return `user_${names}`;
}

export interface TestAccount {
  username: string;
  password: string;
  /** The access secret of the session that registering opened. */
  auth: string;
}

export const goodPassword = 'StrongPass123!';

/** Registers an account. */
export async function newAccount(
  api: TestApi,
  {
    username = freshName(),
    password = goodPassword,
    email,
  }: Partial<Record<'username' | 'password' | 'email', string>> = {},
): Promise<TestAccount> {
  const response = await ask(api, 'POST', '/api/register/', { json: { username, password, email } });
  if (response.status !== 201) throw new Error(`Registering failed: ${response.text}`);
  return { username, password, auth: response.body['token'] as string };
}

/** Makes an administrator and signs them in. */
export async function newAdmin(api: TestApi): Promise<TestAccount & { id: string }> {
  const [username, password] = [freshName(), goodPassword];
  const { id } = await api.core.admin.createAdmin({
    caller: operatorCaller,
    username,
    email: null,
    password,
  });
  const response = await ask(api, 'POST', '/api/login/', { json: { username, password } });
  return { id, username, password, auth: response.body['token'] as string };
}

/** The id of an account. */
export async function idOf(api: TestApi, auth: string): Promise<string> {
  return (await ask(api, 'GET', '/api/me/', { auth })).body['id'] as string;
}

/** Sends a message. */
export function chat(
  api: TestApi,
  auth: string,
  message: string,
  parts: { key?: string; signal?: AbortSignal } = {},
): Promise<TestResponse> {
  return ask(api, 'POST', '/api/chat/', {
    auth,
    json: { message },
    headers: parts.key === undefined ? {} : { 'Idempotency-Key': parts.key },
    ...(parts.signal === undefined ? {} : { signal: parts.signal }),
  });
}

/** What an account can spend, and what is held. */
export async function balance(api: TestApi, auth: string): Promise<Record<string, unknown>> {
  const { tokens, held } = (await ask(api, 'GET', '/api/tokens/', { auth })).body;
  return { tokens, held };
}

/** The account's exchanges, newest first. */
export async function exchanges(api: TestApi, auth: string): Promise<Record<string, unknown>[]> {
  return (await ask(api, 'GET', '/api/chat/', { auth })).body['results'] as Record<string, unknown>[];
}

/** Waits until a condition holds; fails when it does not within `patienceMs`, which a busy machine does not exhaust. */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs = 50_000): Promise<void> {
  const endsAt = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > endsAt) throw new Error('What was waited for did not come.');
    await delay(5);
  }
}
