import { basePath } from '../api/base-path.js';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = `metered-chat.theme${basePath}`;
/** The colours of the browser's own bars. */
const barColours = { light: '#f6f5f1', dark: '#141716' };
const listeners = new Set<() => void>();

export function isTheme(name: string): name is Theme {
  return themes.some((theme) => theme === name);
}

/** The theme that was chosen in this browser; that of the system without a choice. */
export function currentTheme(): Theme {
  const stored = localStorage.getItem(storageKey) ?? '';
  return isTheme(stored) ? stored : 'system';
}

/** Shows the page in the theme that was chosen. */
export function startTheme(): void {
  show(currentTheme());
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(storageKey, theme);
  show(theme);
  for (const listener of listeners) listener();
}

/** Calls `listener` when the theme was changed on this page. Returns a function that unsubscribes. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function show(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  for (const bar of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = bar.media.includes('dark') ? 'dark' : 'light';
    bar.content = barColours[theme === 'system' ? own : theme];
  }
}
