import { useId, useSyncExternalStore } from 'react';
import { commonText } from '../language/common-texts/texts.js';
import { chooseTheme, currentTheme, isTheme, onThemeChange, themes } from './theme.js';

/** Chooses the colours of the pages in this browser. */
export function ThemeSelect() {
  const theme = useSyncExternalStore(onThemeChange, currentTheme);
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{commonText('theme.label')}</label>
      <select
        id={id}
        value={theme}
        onChange={({ target }) => {
          if (isTheme(target.value)) chooseTheme(target.value);
        }}
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {commonText(`theme.${each}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
