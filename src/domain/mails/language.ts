/** The languages of mails. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The language of mails to recipients whose language is not known. */
export const defaultLanguage: Language = 'en';
