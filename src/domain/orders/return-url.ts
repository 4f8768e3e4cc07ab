/**
 * Returns the URL of this server for the checkout to return to. A browser can reach a server on its own machine by several names,
 * and keeps the cookies of each apart: then it returns to the name by which it came.
 *
 * @param publicUrl The URL at which browsers reach the server, without a slash at its end.
 * @param pageOrigin The origin of the page that orders, as the browser states it; null if it is not known.
 */
export function returnUrl(publicUrl: string, pageOrigin: string | null): string {
  if (pageOrigin === null || !URL.canParse(pageOrigin)) return publicUrl;
  const [known, page] = [new URL(publicUrl), new URL(pageOrigin)];
  const isSameServer =
    known.protocol === page.protocol &&
    known.port === page.port &&
    isLoopback(known.hostname) &&
    isLoopback(page.hostname);
  return isSameServer ? publicUrl.replace(known.origin, page.origin) : publicUrl;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
