// The adapter of `metered-chat prove-overspend` for OmniRoute, which limits what each API key may spend in a day:
//
//   npx metered-chat prove-overspend --url http://localhost:20128 --key DASHBOARD_PASSWORD --model PREFIX/MODEL --adapter omniroute.js

/** A budget for hundreds of requests, in USD. */
const ampleBudget = 1000;

/** @type {import('../../src/cli/overspend/gateway.js').GatewayAdapter} */
const adapter = {
  name: 'OmniRoute',
  unit: 'USD',
  // Its status for "Daily budget exceeded".
  refusalStatuses: [429],
  // It writes what was spent in batches.
  recordingMs: 3000,

  connect: async ({ url, key: password }) => {
    const login = await globalThis.fetch(`${url}/api/auth/login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ password }),
    });
    if (!login.ok) throw new Error(`OmniRoute rejects the password of its dashboard (${login.status}).`);
    const cookies = login.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);

    /**
     * @param {string} method
     * @param {string} path
     * @param {object} [body]
     */
    const call = async (method, path, body) => {
      const response = await globalThis.fetch(url + path, {
        method,
        headers: { Cookie: cookies.join('; '), 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}.`);
      return /** @type {{ id: string, key: string, totalCostToday: number }} */ (await response.json());
    };

    /** @type {string[]} */
    const created = [];
    return {
      openAccount: async (budget) => {
        const { id, key } = await call('POST', '/api/keys', { name: `overspend-${created.length}` });
        created.push(id);
        await call('POST', '/api/usage/budget', { apiKeyId: id, dailyLimitUsd: budget ?? ampleBudget });
        return {
          keys: [{ Authorization: `Bearer ${key}` }],
          readSpent: async () => (await call('GET', `/api/usage/budget?apiKeyId=${id}`)).totalCostToday,
        };
      },
      close: async () => {
        for (const id of created) await call('DELETE', `/api/keys/${id}`);
      },
    };
  },
};

export default adapter;
