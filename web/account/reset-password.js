import { fail, failWith, linkSecret, onSubmit, post, succeed } from './account.js';
import { serverText, text } from './language.js';

const password = inputOf('password');
const repeated = inputOf('repeated');
const shown = inputOf('shown');
const errors = /** @type {HTMLElement} */ (document.getElementById('errors'));

shown.addEventListener('change', () => {
  for (const input of [password, repeated]) input.type = shown.checked ? 'text' : 'password';
});

onSubmit(async () => {
  showErrors([]);
  if (password.value !== repeated.value) {
    fail(text('The two passwords are not the same.'));
    return;
  }
  const response = await post('api/password/reset/', { token: linkSecret, new_password: password.value });
  const reasons = response.errors['new_password'];
  if (response.status === 204) {
    succeed(text('Your password is changed. Sign in with the new one.'));
  } else if (reasons !== undefined) {
    showErrors(reasons);
    fail(text('This password cannot be used. See the reasons below it.'));
    password.focus();
  } else {
    failWith(response);
  }
});

/** @param {string[]} reasons */
function showErrors(reasons) {
  errors.replaceChildren(
    ...reasons.map((reason) => {
      const item = document.createElement('li');
      item.textContent = serverText(reason);
      return item;
    }),
  );
  password.setAttribute('aria-invalid', String(reasons.length > 0));
}

/**
 * @param {string} id
 * @returns {HTMLInputElement}
 */
function inputOf(id) {
  return /** @type {HTMLInputElement} */ (document.getElementById(id));
}
