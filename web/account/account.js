/** The secret of the link that led here; empty when the link is not whole. */
export const linkSecret = new URLSearchParams(location.search).get('token') ?? '';

export const form = /** @type {HTMLFormElement} */ (document.getElementById('form'));
const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'));
const next = /** @type {HTMLElement} */ (document.getElementById('next'));
const outcome = /** @type {HTMLElement} */ (document.getElementById('outcome'));

/**
 * What came of asking the API: `errors` are messages by field.
 * @typedef {{ status: number, code: string, errors: Record<string, string[]>, retryAfter: string | null }} Answer
 */

/**
 * Does `act` whenever the form is sent, one at a time, and never before.
 * @param {() => Promise<void>} act
 */
export function onSubmit(act) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    show('Please wait …', '');
    void act()
      .catch(() => {
        fail('The server could not be reached. Check your connection and try again.');
      })
      .finally(() => {
        button.disabled = false;
      });
  });
  if (linkSecret === '') {
    form.hidden = true;
    fail('This link is not whole. Open it again from the mail, or copy all of it.');
  }
}

/**
 * Posts to the API. Rejects when no answer came.
 * @param {string} path relative to the page
 * @param {Record<string, string>} body
 * @returns {Promise<Answer>}
 */
export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
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
    // Not the API's own answer: something between here and there.
    return {};
  }
}

/**
 * Says that it is done, for good: the link works only once.
 * @param {string} message
 */
export function succeed(message) {
  form.hidden = true;
  // What is used is of no use in the history.
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
 * Says why it did not work, for every answer that has no words of its own on its page.
 * @param {Answer} answer
 */
export function failWith({ status, code, retryAfter }) {
  if (code === 'invalid_token') {
    fail('This link does not work any more: it was used already, a newer one was sent, or it is too old.');
  } else if (code === 'email_taken') {
    fail('Another account has this email address by now. Ask the people who run this service.');
  } else if (status === 429 || status === 503) {
    const seconds = Number(retryAfter);
    fail(
      `The server is busy. Try again in ${seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : 'a moment'}.`,
    );
  } else {
    fail(`Something went wrong (${status}). Try again in a moment.`);
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
