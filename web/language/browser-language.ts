import { basePath } from '../api/base-path.js';
import {
  currentLanguage,
  firstLanguage,
  isLanguage,
  onLanguageChange,
  preferredLanguage,
  showLanguage,
  type Language,
} from './language.js';

const storageKey = `metered-chat.language${basePath}`;

onLanguageChange(() => {
  document.documentElement.lang = currentLanguage();
});

/** Shows the page in the language that was chosen in this browser, otherwise in the first of the browser's that there is. */
export async function startLanguage(): Promise<void> {
  const stored = localStorage.getItem(storageKey) ?? '';
  const { languages } = navigator;
  try {
    await showLanguage(isLanguage(stored) ? stored : preferredLanguage(languages), languages);
  } catch {
    // Without the texts of the other language the page is shown in the first one.
    await showLanguage(firstLanguage, languages);
  }
}

/** Changes the language, and keeps it for this browser. Rejects if its texts cannot be loaded. */
export async function chooseLanguage(language: Language): Promise<void> {
  await showLanguage(language, navigator.languages);
  localStorage.setItem(storageKey, language);
}
