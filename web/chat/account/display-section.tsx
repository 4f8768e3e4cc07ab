import { LanguageSelect } from '../../language/language-select.js';
import { ThemeSelect } from '../../theme/theme-select.js';
import { text } from '../texts/texts.js';

/** The language and the colours of the pages in this browser. */
export function DisplaySection() {
  return (
    <section aria-labelledby="display-title">
      <h2 id="display-title">{text('display.title')}</h2>
      <div className="form">
        <LanguageSelect />
        <ThemeSelect />
      </div>
    </section>
  );
}
