// A classic script, which the browser runs before it paints: otherwise a page that has a chosen theme flashes in that of the system.
{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const basePath = new URL('..', script.src).pathname.replace(/\/$/, '');
  const theme = localStorage.getItem(`metered-chat.theme${basePath}`);
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
}
