import { defaultI18nProvider, type I18nProvider } from 'react-admin';

/** Texts that replace those of react-admin. */
const texts: Record<string, string> = {
  'ra.notification.created': 'The account was created.',
  'ra.notification.updated': 'The changes were saved.',
  'ra.notification.item_doesnt_exist': 'This does not exist. It may have been erased.',
};

/** The texts of react-admin, some of them replaced. */
export const i18nProvider: I18nProvider = {
  ...defaultI18nProvider,
  translate: (key: string, options?: object) => texts[key] ?? defaultI18nProvider.translate(key, options),
};
