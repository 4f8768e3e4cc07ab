import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { HashRouter } from 'react-router-dom';
import '@fontsource-variable/inter/wght.css';
import { startLanguage } from '../language/browser-language.js';
import { onLanguageChange } from '../language/language.js';
import { startTheme } from '../theme/theme.js';
import { App } from './app.js';
import { text } from './texts/texts.js';

const root = document.getElementById('root');
if (root === null) throw new TypeError('The page has no root.');
// A page that has a title of its own puts it before.
onLanguageChange(() => {
  document.title = text('app.title');
});
startTheme();
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <HashRouter>
      <App />
    </HashRouter>
  </StrictMode>,
);
