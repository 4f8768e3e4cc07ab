/** The languages of the pages, by their codes, as their speakers call them. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

/** The language that all texts are in without a choice, and whose texts are loaded with the page. */
export const firstLanguage: Language = 'en';

/** Loads the texts of a language. Returns a function that puts them in place. */
export type CatalogueLoader = (language: Language) => Promise<() => void>;

let current: { language: Language; locale: string } = { language: firstLanguage, locale: firstLanguage };
const listeners = new Set<() => void>();
const loaders: CatalogueLoader[] = [];

export function currentLanguage(): Language {
  return current.language;
}

/** The locale of numbers and dates: the browser's variant of the language, such as `de-AT`. */
export function currentLocale(): string {
  return current.locale;
}

/**
 * Registers a catalogue. Resolves when it is in the current language, for a page that is loaded later than the first; if its texts
 * cannot be loaded, it stays in the first language.
 */
export async function registerCatalogue(load: CatalogueLoader): Promise<void> {
  loaders.push(load);
  for (let shown: Language | null = firstLanguage; shown !== null && shown !== current.language;) {
    const { language } = current;
    const replace = await load(language).catch(() => null);
    replace?.();
    shown = replace === null ? null : language;
  }
}

/** Calls `listener` when the language has changed. Returns a function that unsubscribes. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Shows another language, in its variant among the locales of the browser. Rejects if its texts cannot be loaded. */
export async function showLanguage(language: Language, locales: readonly string[]): Promise<void> {
  const replacements = await Promise.all(loaders.map((load) => load(language)));
  for (const replace of replacements) replace();
  const locale = locales.find((each) => languageOf(each) === language) ?? language;
  current = { language, locale };
  for (const listener of listeners) listener();
}

/** Returns the first language of a list of locales that the pages have. */
export function preferredLanguage(locales: readonly string[]): Language {
  return locales.map(languageOf).find((language) => language !== null) ?? firstLanguage;
}

export function isLanguage(code: string): code is Language {
  return Object.hasOwn(languages, code);
}

function languageOf(locale: string): Language | null {
  const code = locale.toLowerCase().split('-')[0] ?? '';
  return isLanguage(code) ? code : null;
}
