import { localStorageStore, type Store } from 'react-admin';
import { basePath } from '../../api/base-path.js';
import { chooseTheme, currentTheme, isTheme, onThemeChange } from '../../theme/theme.js';

const themeKey = 'theme';

/** The settings of the user of this browser, of which the theme is that of all pages. */
export function settingsStore(): Store {
  // Servers below different paths of one host share its local storage.
  const own = localStorageStore(undefined, basePath);
  return {
    ...own,
    getItem: <Value>(key: string, absent?: Value) => {
      if (key !== themeKey) return own.getItem<Value>(key, absent);
      return (chosenTheme() as Value | undefined) ?? absent;
    },
    setItem: (key, value: unknown) => {
      if (key !== themeKey) own.setItem(key, value);
      else if (typeof value === 'string' && isTheme(value)) chooseTheme(value);
    },
    subscribe: (key, listener) => {
      if (key !== themeKey) return own.subscribe(key, listener);
      return onThemeChange(() => {
        listener(chosenTheme());
      });
    },
  };
}

/** Undefined if the theme is that of the system. */
function chosenTheme(): 'light' | 'dark' | undefined {
  const theme = currentTheme();
  return theme === 'system' ? undefined : theme;
}
