import { useId, useState } from 'react';
import { commonText } from './common-texts/texts.js';
import { chooseLanguage } from './browser-language.js';
import { isLanguage, languages } from './language.js';
import { useLanguage } from './use-language.js';

/** Chooses the language of the pages in this browser. */
export function LanguageSelect() {
  const language = useLanguage();
  const [hasFailed, setHasFailed] = useState(false);
  const id = useId();
  const choose = async (code: string) => {
    if (!isLanguage(code)) return;
    try {
      await chooseLanguage(code);
    } catch {
      setHasFailed(true);
    }
  };
  return (
    <div className="field language">
      <label htmlFor={id}>{commonText('language.label')}</label>
      <select
        id={id}
        value={language}
        onChange={({ target }) => {
          setHasFailed(false);
          void choose(target.value);
        }}
      >
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
      {hasFailed && (
        <p className="field-errors" role="alert">
          {commonText('language.failed')}
        </p>
      )}
    </div>
  );
}
