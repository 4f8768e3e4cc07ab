import { creditAmount, creditNumber } from './credits.js';
import type { Problem } from './problem.js';
import { capReachedText } from './wallet-texts.js';

type Message = (problem: Problem) => string;

const formatRequestId = ({ document: { request_id: id } }: Problem) =>
  id === undefined ? '' : ` The request id is ${id}.`;

/** What each error code means to the user of a page, and what to do about it. */
export const errorMessages: Record<string, Message> = {
  invalid_input: () => 'Some fields are not valid.',
  model_not_found: () => 'This model is not available any more. Choose another one.',
  model_not_allowed: () => 'This API key may not use this model. Choose another one.',
  unsupported_parameter: ({ document }) =>
    document.errors?.['attachments']?.[0] === undefined
      ? 'This model does not support the request. Choose another one.'
      : `${document.errors['attachments'][0]} Choose another one.`,
  context_length_exceeded: () =>
    'The conversation is longer than the model can read. Start a new conversation, or send a shorter message.',
  invalid_token: () => 'This link does not work any more: it was used, or it has expired. Request a new one.',
  unauthenticated: () => 'Your session has ended. Sign in again.',
  invalid_credentials: () => 'The username or password is wrong, or the account is disabled.',
  insufficient_tokens: ({ document }) =>
    `This message requires ${creditAmount(document.required_tokens ?? 0)} and you have ${creditNumber(document.remaining_tokens ?? 0)}. ` +
    'It was not sent and cost nothing.',
  cap_reached: ({ document }) => capReachedText(document),
  debt_outstanding: ({ document }) =>
    `Tokens that you spent were refunded, so you owe ${creditAmount(document.debt ?? 0)}. The next purchase pays them.`,
  invalid_signature: () => 'The event is not from the payment provider.',
  package_limit_reached: () => 'You have bought this package as often as an account can.',
  not_refundable: () => 'So much cannot be refunded: the order was not paid, or it was refunded already.',
  payment_pending: () => 'The payment is not known yet. Try again in a moment.',
  payment_failed: () => 'The payment provider failed. Nothing was paid; try again in a moment.',
  session_required: () => 'Sign in with your password to do this.',
  insufficient_scope: () => 'The key does not have the scope for this.',
  admin_required: () => 'Only an administrator can do this.',
  email_not_verified: () =>
    'Confirm your email address before you chat. The account page sends the mail again.',
  wrong_password: () => 'The current password is wrong.',
  not_found: () => 'This does not exist. It may have been erased.',
  voucher_not_found: () => 'There is no voucher with this code. Check it for typing errors.',
  voucher_ended: () => 'This voucher is no longer valid.',
  voucher_expired: () => 'This voucher has expired.',
  voucher_exhausted: () => 'This voucher has been used as often as it can be.',
  voucher_already_redeemed: () => 'You have redeemed this voucher already.',
  username_taken: () => 'This username is taken. Choose another one.',
  email_taken: () => 'Another account has this email address.',
  too_many_keys: () => 'You have the maximum number of API keys. Remove one first.',
  too_many_webhooks: () => 'There are as many webhook endpoints as there can be. Remove one first.',
  too_many_caps: () => 'There are as many limits as there can be. Remove one first.',
  reply_stopped: () => 'The reply was stopped before any of it came.',
  hold_ended: () => 'The hold has ended already. It cannot be settled, renewed or released again.',
  last_admin: () => 'This is the last active administrator. Appoint another administrator first.',
  balance_out_of_range: () => 'The balance would be negative or too large.',
  idempotency_in_progress: () => 'This request is still being processed. Try again in a moment.',
  idempotency_key_reused: () => 'An earlier request had the same key and other content. Send it again.',
  rate_limited: () => 'Too many requests in a short time.',
  content_filtered: () => 'The model provider rejects this message because of its content. It cost nothing.',
  provider_busy: () => 'The model has too many requests. It cost nothing; try again in a moment.',
  provider_failed: () => 'The model failed to reply. It cost nothing.',
  provider_timeout: () => 'The model took too long to reply. It cost nothing.',
  unavailable: () => 'The server is busy or restarting.',
  internal_error: (problem) => `The server failed to process the request.${formatRequestId(problem)}`,
  malformed_body: () => 'The server could not read the request. Reload the page and try again.',
  malformed_url: () => 'This address is not complete. Go back to the start page.',
  body_too_large: () => 'This is longer than the server accepts. Make it shorter, or attach less.',
  method_not_allowed: () => 'This page does not match the server. Reload it and try again.',
  unsupported_media_type: () => 'This page does not match the server. Reload it and try again.',
  unreachable: () => 'The server cannot be reached. Check your connection and try again.',
  not_sent: () =>
    'You are offline, so this message has not been sent. It is sent as soon as you are online again.',
  never_arrived: () => 'The connection broke before your message arrived. It cost nothing.',
  cut_off: () => 'The connection broke before the reply was complete. It cost nothing.',
  cut_short: () => 'The connection broke before the reply was complete. The part that arrived is kept.',
  page_failed: () => 'Something went wrong on this page. Reload it and try again.',
};

/** The message of a problem; by its status if its code is unknown here. */
export function errorMessage(problem: Problem): string {
  const message = Object.hasOwn(errorMessages, problem.code) ? errorMessages[problem.code] : undefined;
  if (message !== undefined) return message(problem);
  if (problem.status >= 500) return `The server failed. Try again in a moment.${formatRequestId(problem)}`;
  return `The server rejected the request (${problem.status}).`;
}

/** When to try again. */
export function retryMessage(seconds: number): string {
  if (seconds > 90) return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
  return `Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
}
