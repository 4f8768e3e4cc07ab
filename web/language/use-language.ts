import { useSyncExternalStore } from 'react';
import { currentLanguage, onLanguageChange, type Language } from './language.js';

/** Returns the language, and renders again when it changes. As the `key` of an element it renders all texts below again. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguageChange, currentLanguage);
}
