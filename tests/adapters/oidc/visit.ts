/** Follows the redirects of a provider, as a browser without other cookies would; returns the query it comes back with. */
export async function visit(address: string, publicUrl: string): Promise<Record<string, string>> {
  const cookies = new Map<string, string>();
  let url = address;
  for (let steps = 0; steps < 10; steps += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { Cookie: cookie } });
    for (const header of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('Location');
    if (location === null) throw new Error(`${response.status}: ${await response.text()}`);
    url = new URL(location, url).href;
    if (url.startsWith(publicUrl)) return Object.fromEntries(new URL(url).searchParams);
  }
  throw new Error('There were too many redirects.');
}
