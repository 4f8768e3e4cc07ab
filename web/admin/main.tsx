import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { HashRouter } from 'react-router-dom';
import '@fontsource-variable/inter/wght.css';
import { startLanguage } from '../language/browser-language.js';
import { App } from './app.js';

const root = document.getElementById('root');
if (root === null) throw new TypeError('The page has no root.');
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <HashRouter>
      <App />
    </HashRouter>
  </StrictMode>,
);
