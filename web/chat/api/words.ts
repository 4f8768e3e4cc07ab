import type { Problem } from './problem.js';

type Words = (problem: Problem) => string;

const count = (amount: number | undefined) => (amount ?? 0).toLocaleString('en');

/** What each code of the contract means to whoever uses this page, and what can be done about it. */
export const wordsOfCodes: Record<string, Words> = {
  invalid_input: () => 'Something in this is not right yet.',
  model_not_found: () => 'This model is not on offer any more. Choose another one.',
  unsupported_parameter: () => 'This model cannot do what was asked of it. Choose another one.',
  context_length_exceeded: () =>
    'This is more than the model can read at once. Begin a new conversation, or send a shorter message.',
  invalid_token: () =>
    'This link does not work any more: it was used already, or it is too old. Ask for a new one.',
  unauthenticated: () => 'Your session has ended. Sign in again to go on.',
  invalid_credentials: () => 'This name and password do not belong together. Check both and try again.',
  insufficient_tokens: ({ document }) =>
    `This message needs ${count(document.required_tokens)} tokens and you have ${count(document.remaining_tokens)}. ` +
    'It was not sent and cost nothing.',
  session_required: () => 'An API key cannot do this. Sign in with your password.',
  admin_required: () => 'Only an administrator can do this.',
  email_not_verified: () =>
    'Confirm your email address before you chat. The account page sends the mail again.',
  wrong_password: () => 'The current password is not right.',
  not_found: () => 'This does not exist, or not any more.',
  username_taken: () => 'Somebody has this username already. Choose another one.',
  email_taken: () => 'Another account has this email address already.',
  too_many_keys: () => 'You have as many API keys as an account can have. Remove one first.',
  last_admin: () => 'You are the only administrator. Make another one before you go.',
  balance_out_of_range: () => 'A balance cannot hold that many tokens.',
  idempotency_in_progress: () => 'This is being worked on already. Wait a moment for it.',
  idempotency_key_reused: () => 'This was sent before with another content. Send it again.',
  rate_limited: () => 'That was too often in a short time.',
  content_filtered: () =>
    'The provider of the model rejects this message because of its content. It cost nothing.',
  provider_busy: () => 'The model has too many requests just now. It cost nothing; try again in a moment.',
  provider_failed: () => 'The model could not answer. It cost nothing.',
  provider_timeout: () => 'The model took too long to answer. It cost nothing.',
  unavailable: () => 'The server is busy or just restarting.',
  internal_error: ({ document }) =>
    `Something went wrong on the server.${document.request_id === undefined ? '' : ` Its number is ${document.request_id}.`}`,
  malformed_body: () => 'The server could not read what this page sent. Reload the page and try again.',
  malformed_url: () => 'This address is not whole. Go back to the start.',
  body_too_large: () => 'This is longer than the server takes. Make it shorter.',
  method_not_allowed: () => 'This page does not fit the server. Reload it and try again.',
  unsupported_media_type: () => 'This page does not fit the server. Reload it and try again.',
  unreachable: () => 'The server cannot be reached. Check your connection.',
  never_arrived: () => 'The connection broke before your message arrived. It cost nothing.',
  cut_off: () => 'The connection broke before the reply was whole. It cost nothing.',
  cut_short: () => 'The connection broke before the reply was whole. What had come is kept.',
  page_failed: () => 'Something went wrong on this page. Reload it and try again.',
};

/** A problem in words. A code that is new here is told by its status. */
export function wordsOf(problem: Problem): string {
  const words = Object.hasOwn(wordsOfCodes, problem.code) ? wordsOfCodes[problem.code] : undefined;
  if (words !== undefined) return words(problem);
  if (problem.status >= 500) return 'The server has trouble. Try again in a moment.';
  return `The server refused this (${problem.status}).`;
}
