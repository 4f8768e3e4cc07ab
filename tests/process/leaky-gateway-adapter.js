// An adapter as an operator writes it, for `leaky-gateway.ts`.

/** @type {import('../../src/cli/overspend/gateway.js').GatewayAdapter} */
const adapter = {
  name: 'a leaky gateway',
  unit: 'coins',
  recordingMs: 50,
  connect: ({ url, key }) => {
    if (key !== 'open sesame') return Promise.reject(new Error('The key is not "open sesame".'));
    /** @param {{ budget: number, cap?: number }} limits */
    const open = async (limits) => {
      const response = await globalThis.fetch(`${url}/accounts`, {
        method: 'POST',
        body: JSON.stringify(limits),
      });
      const { number } = /** @type {{ number: number }} */ (await response.json());
      return {
        keys: [1, 2].map(() => ({ Authorization: `Bearer ${number}` })),
        readSpent: async () => {
          const read = await globalThis.fetch(`${url}/accounts/${number}`);
          return /** @type {{ spent: number }} */ (await read.json()).spent;
        },
      };
    };
    return Promise.resolve({
      openAccount: (budget) => open({ budget: budget ?? 1_000_000 }),
      openCappedAccount: ({ account }) => open({ budget: 1_000_000, cap: account }),
    });
  },
};

export default adapter;
