import { german } from './german.js';

/** @typedef {keyof typeof german} Text */

/** The path below which the server is mounted; the chat page stores its choices by it. */
const basePath = new URL('..', import.meta.url).pathname.replace(/\/$/, '');

const locales = [
  // What was chosen on the chat page comes before what the browser prefers.
  localStorage.getItem(`metered-chat.language${basePath}`) ?? '',
  ...navigator.languages,
];

/** The language of the page. */
export const language = locales.map(languageOf).find((each) => each === 'en' || each === 'de') ?? 'en';

/** The locale of numbers: the browser's variant of the language, such as `de-AT`. */
export const locale = navigator.languages.find((each) => languageOf(each) === language) ?? language;

document.documentElement.lang = language;
for (const element of document.querySelectorAll('[data-text]')) {
  const english = element.textContent.trim().replaceAll(/\s+/g, ' ');
  if (isText(english)) element.textContent = text(english);
}

/**
 * Returns a text in the language of the page.
 * @param {Text} english
 * @param {Record<string, string>} [values] by their names in braces
 */
export function text(english, values = {}) {
  const message = language === 'de' ? german[english] : english;
  return message.replaceAll(/\{(\w+)\}/g, (whole, /** @type {string} */ name) => values[name] ?? whole);
}

/**
 * Returns what the server says in the language of the page; as the server says it where that is not known.
 * @param {string} english
 */
export function serverText(english) {
  return isText(english) ? text(english) : english;
}

/**
 * @param {string} english
 * @returns {english is Text}
 */
function isText(english) {
  return Object.hasOwn(german, english);
}

/** @param {string} code */
function languageOf(code) {
  return code.toLowerCase().split('-')[0];
}
