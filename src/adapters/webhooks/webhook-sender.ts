import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { WebhookResponse, WebhookSender } from '../../ports/webhook-sender.js';
import {
  isPublicAddress,
  PrivateAddressError,
  publicLookup,
  resolveHost,
  type ResolveHost,
} from './public-address.js';
import { messageBody, signatureHeaders } from './sign-message.js';

/**
 * How webhooks are sent.
 *
 * @example
 * ```ts
 * const options: WebhookSenderOptions = { allowsPrivate: true, timeoutMs: 5000 };
 * ```
 */
export interface WebhookSenderOptions {
  /** Whether addresses of private networks are allowed. */
  allowsPrivate?: boolean;
  /** How long an attempt may take, in milliseconds. */
  timeoutMs?: number;
  /** Looks up the addresses of a host; Node's own lookup by default. */
  resolve?: ResolveHost;
}

const defaultTimeoutMs = 10_000;
const maxResponseBytes = 64 * 1024;
const maxUrlChars = 2048;

/**
 * Sends webhooks over HTTP and HTTPS, each over a connection of its own.
 *
 * @param options By default only to public addresses, and at most for 10 seconds.
 * @returns The sender, for the port `webhookSender`.
 * @example
 * ```ts
 * import { webhookSender } from 'metered-chat/node';
 *
 * const sender = webhookSender({ allowsPrivate: true });
 * ```
 */
export function webhookSender(options: WebhookSenderOptions = {}): WebhookSender {
  const { allowsPrivate = false, timeoutMs = defaultTimeoutMs, resolve = resolveHost } = options;
  return {
    urlProblem: (text) => urlProblem(text, allowsPrivate),
    send: ({ url, secret }, message, at) => {
      const problem = urlProblem(url, allowsPrivate);
      if (problem !== null) return Promise.resolve({ outcome: 'failed', error: problem });
      const body = messageBody(message);
      const headers = { ...signatureHeaders({ id: message.id, body, at }, secret), ...contentHeaders(body) };
      return post(new URL(url), { body, headers, timeoutMs, resolve: allowsPrivate ? null : resolve });
    },
  };
}

function urlProblem(text: string, allowsPrivate: boolean): string | null {
  if (text.length > maxUrlChars) return `Must have at most ${maxUrlChars} characters.`;
  if (!URL.canParse(text)) return 'Must be a URL such as https://example.com/hooks.';
  const { protocol, username, password, hash, hostname } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'Must begin with https:// or http://.';
  if (username !== '' || password !== '') return 'Must contain no username or password.';
  if (hash !== '') return 'Must contain no fragment.';
  // The parser has turned every way to write an IPv4 address, such as decimal or octal, into the usual one.
  const host = hostname.replace(/^\[|\]$/g, '');
  const isPrivate = isIP(host) === 0 ? isLocalName(host) : !isPublicAddress(host);
  return isPrivate && !allowsPrivate ? new PrivateAddressError().message : null;
}

function isLocalName(host: string): boolean {
  return /(^|\.)localhost\.?$/.test(host);
}

function contentHeaders(body: string): Record<string, string | number> {
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'metered-chat',
  };
}

interface Post {
  body: string;
  headers: Record<string, string | number>;
  timeoutMs: number;
  /** Null if every address is allowed. */
  resolve: ResolveHost | null;
}

function post(url: URL, { body, headers, timeoutMs, resolve }: Post): Promise<WebhookResponse> {
  return new Promise((settle) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      headers,
      agent: false,
      ...(resolve === null ? {} : { lookup: publicLookup(resolve) }),
    });
    const timer = setTimeout(() => {
      request.destroy(new Error(`The receiver did not respond within ${timeoutMs / 1000} s.`));
    }, timeoutMs);
    const finish = (response: WebhookResponse) => {
      clearTimeout(timer);
      settle(response);
    };
    request.on('error', (error) => {
      finish({ outcome: 'failed', error: messageOf(error) });
    });
    request.on('response', (response) => {
      readResponse(request, response, finish);
    });
    request.end(body);
  });
}

/** The status decides; the body is read, up to a limit, so that the receiver can end properly. */
function readResponse(
  request: ClientRequest,
  response: IncomingMessage,
  finish: (response: WebhookResponse) => void,
): void {
  const status = response.statusCode ?? 0;
  const done = () => {
    finish({ outcome: status >= 200 && status < 300 ? 'accepted' : 'rejected', status });
    request.destroy();
  };
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxResponseBytes) done();
  });
  response.on('end', done);
  response.on('error', (error) => {
    finish({ outcome: 'failed', error: messageOf(error) });
  });
}

/** The message of the system names only the address and port of the endpoint. */
function messageOf(error: Error): string {
  if (error instanceof AggregateError && error.errors.length > 0) return messageOf(error.errors[0] as Error);
  return error.message === '' ? error.name : error.message.slice(0, 300);
}
