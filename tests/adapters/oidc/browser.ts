import { ask, type RequestParts, type TestResponse } from '../http/requests.js';
import type { TestApi } from '../http/test-api.js';
import { visit } from './visit.js';

export const publicUrl = 'http://localhost';

/** A browser with the pages of the API: it keeps cookies and sends what its pages send. */
export interface Browser {
  cookies: Map<string, string>;
  send(method: string, path: string, parts?: RequestParts): Promise<TestResponse>;
  /** Begins a sign-in; returns the address of the provider. */
  start(provider?: string): Promise<string>;
  /** Finishes with the query of the provider. */
  finish(parameters: Record<string, string>, provider?: string): Promise<TestResponse>;
  /** Signs in from the beginning to the end. */
  signIn(provider?: string): Promise<TestResponse>;
}

export function openBrowser(api: TestApi): Browser {
  const cookies = new Map<string, string>();
  const browser: Browser = {
    cookies,
    async send(method, path, parts = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', ...parts.headers };
      const response = await ask(api, method, path, { ...parts, headers });
      for (const header of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
        if (name.includes('sign_in_') && value !== '') api.engine.secrets.add(value);
      }
      return response;
    },
    async start(provider = 'oidc') {
      const started = await browser.send('POST', `/api/sign-in/${provider}/`);
      if (started.status !== 200) throw new Error(started.text);
      return String(started.body['url']);
    },
    finish: (parameters, provider = 'oidc') =>
      browser.send('POST', `/api/sign-in/${provider}/finish/`, { json: { parameters, cookie: true } }),
    signIn: async (provider) =>
      browser.finish(await visit(await browser.start(provider), publicUrl), provider),
  };
  return browser;
}
