import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import { startLanguage } from '../language/browser-language.js';
import { startTheme } from '../theme/theme.js';
import { readReturned } from '../api/provider-sign-in.js';
import { App } from './app.js';
import { showReturnedOrder } from './layout/route.js';
import { ProviderCallback } from './session/provider-callback.js';
import './styles/base.css';
import './styles/forms.css';
import './styles/layout.css';
import './styles/conversation.css';
import './styles/markdown.css';
import './styles/pages.css';

const returned = readReturned();
showReturnedOrder();

const root = document.getElementById('root');
if (root === null) throw new TypeError('The page has no root.');
startTheme();
await startLanguage();
createRoot(root).render(
  <StrictMode>{returned === null ? <App /> : <ProviderCallback returned={returned} />}</StrictMode>,
);
