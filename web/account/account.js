import { language, text } from './language.js';

/** The secret of the link to this page; empty if the link is incomplete. */
export const linkSecret = new URLSearchParams(location.search).get('token') ?? '';

export const form = /** @type {HTMLFormElement} */ (document.getElementById('form'));
const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'));
const next = /** @type {HTMLElement} */ (document.getElementById('next'));
const outcome = /** @type {HTMLElement} */ (document.getElementById('outcome'));

/**
 * A response of the API; `errors` has the messages by field.
 * @typedef {{ status: number, code: string, errors: Record<string, string[]>, retryAfter: string | null }} ApiResponse
 */

/**
 * Calls `act` when the form is submitted, once at a time. Opening the page does nothing.
 * @param {() => Promise<void>} act
 */
export function onSubmit(act) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    show(text('Please wait …'), '');
    void act()
      .catch(() => {
        fail(text('The server cannot be reached. Check your connection and try again.'));
      })
      .finally(() => {
        button.disabled = false;
      });
  });
  if (linkSecret === '') {
    form.hidden = true;
    fail(text('This link is incomplete. Open it from the mail again, or copy all of it.'));
  }
}

/**
 * Sends a POST request to the API. Rejects if no response arrives.
 * @param {string} path relative to the page
 * @param {Record<string, string>} body
 * @returns {Promise<ApiResponse>}
 */
export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    // Mails that the request causes are in the language of the page.
    headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
    body: JSON.stringify(body),
  });
  const problem = response.ok ? {} : await problemOf(response);
  return {
    status: response.status,
    code: problem.code ?? '',
    errors: problem.errors ?? {},
    retryAfter: response.headers.get('Retry-After'),
  };
}

/**
 * @param {Response} response
 * @returns {Promise<{ code?: string, errors?: Record<string, string[]> }>}
 */
async function problemOf(response) {
  try {
    const document = /** @type {unknown} */ (await response.json());
    return /** @type {{ code?: string, errors?: Record<string, string[]> }} */ (document);
  } catch {
    // The response comes from a proxy, not from the API.
    return {};
  }
}

/**
 * Shows that the action succeeded, and hides the form, because the link works only once.
 * @param {string} message
 */
export function succeed(message) {
  form.hidden = true;
  // Removes the used secret from the history.
  history.replaceState(null, '', location.pathname);
  next.hidden = false;
  show(message, 'succeeded');
  outcome.focus();
}

/** @param {string} message */
export function fail(message) {
  show(message, 'failed');
  outcome.focus();
}

/**
 * Shows the message of an error that the page does not handle itself.
 * @param {ApiResponse} response
 */
export function failWith({ status, code, retryAfter }) {
  if (code === 'invalid_token') {
    fail(text('This link does not work any more: it was used, a newer one was sent, or it has expired.'));
  } else if (code === 'email_taken') {
    fail(text('Another account has this email address. Contact the operator of this server.'));
  } else if (status === 429 || status === 503) {
    const seconds = Number(retryAfter);
    fail(
      seconds > 90
        ? text('The server is busy. Try again in {minutes} minutes.', {
            minutes: String(Math.ceil(seconds / 60)),
          })
        : text('The server is busy. Try again in a moment.'),
    );
  } else {
    fail(text('Something went wrong ({status}). Try again in a moment.', { status: String(status) }));
  }
}

/**
 * @param {string} message
 * @param {'' | 'succeeded' | 'failed'} state
 */
function show(message, state) {
  outcome.textContent = message;
  outcome.className = `outcome ${state}`;
}
