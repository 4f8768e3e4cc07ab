import { defaultI18nProvider, type I18nProvider } from 'react-admin';

/** What the library would say more stiffly. */
const sentences: Record<string, string> = {
  'ra.notification.created': 'The account is there.',
  'ra.notification.updated': 'The changes are saved.',
  'ra.notification.item_doesnt_exist': 'There is nothing here. It may have been erased.',
};

/** The library's words, and ours in place of some. */
export const words: I18nProvider = {
  ...defaultI18nProvider,
  translate: (key: string, options?: object) => sentences[key] ?? defaultI18nProvider.translate(key, options),
};
