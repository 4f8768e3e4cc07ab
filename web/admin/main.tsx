import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createHashRouter, RouterProvider } from 'react-router-dom';
import '@fontsource-variable/inter/wght.css';
import { startLanguage } from '../language/browser-language.js';
import { App } from './app.js';

// react-admin would create a router with every render, which reloads every page.
const router = createHashRouter([{ path: '*', element: <App /> }]);

const root = document.getElementById('root');
if (root === null) throw new TypeError('The page has no root.');
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
