import type { I18nProvider } from 'react-admin';
import { currentLanguage } from '../../language/language.js';
import { messageParts } from '../../language/message.js';
import { english } from './en/index.js';
import { message } from './texts.js';

/** The texts of react-admin. Of a key that the catalogue lacks it gets the text that it names itself, otherwise the key. */
export const i18nProvider: I18nProvider = {
  translate: (key: string, values: Record<string, unknown> = {}) => {
    if (!isKey(key)) return typeof values['_'] === 'string' ? values['_'] : key;
    const parts = messageParts(message(key), { ...values, count: values['smart_count'] });
    return parts.map(String).join('');
  },
  // The language is chosen for all pages, not in the settings of react-admin.
  changeLocale: () => Promise.resolve(),
  getLocale: currentLanguage,
};

function isKey(key: string): key is keyof typeof english {
  return Object.hasOwn(english, key);
}
