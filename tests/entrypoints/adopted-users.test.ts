import { afterAll, describe, expect, it } from 'vitest';
import { operatorCaller } from '../../src/domain/auth/caller.js';
import { echoModel } from '../../src/adapters/ai/echo.js';
import { createCore } from '../../src/domain/core.js';
import { nodeAdapters } from '../../src/entrypoints/node.js';
import { openEngine } from '../adapters/http/engines.js';

for (const name of ['memory', 'embedded', 'postgres'] as const) {
  describe(`an adopted user, on ${name}`, async () => {
    const engine = await openEngine(name);
    afterAll(() => engine.close());
    const core = createCore({
      ...nodeAdapters({ bcryptCost: 10 }),
      ...engine.stores,
      models: [{ name: 'echo', model: echoModel() }],
    });

    it('has one account with one opening grant, after any number of parallel calls', async () => {
      const adopt = () => core.users.adopt({ foreignId: 'many at once' });
      const adopted = await Promise.all(Array.from({ length: 20 }, adopt));
      const [first] = adopted;
      expect(new Set(adopted.map(({ id }) => id)).size).toBe(1);
      expect(await adopt()).toEqual(first);
      expect(await core.ledger.balance({ caller: operatorCaller, userId: first?.id ?? '' })).toEqual({
        balance: 4000,
        held: 0,
      });
      const { results } = await engine.stores.auditLog.events(first?.id ?? '', { limit: 10, before: null });
      expect(results.map(({ action }) => action)).toEqual(['adopted']);
    });

    it('is identified by every character of the id', async () => {
      const ids = ['auth0|7', 'AUTH0|7', ' auth0|7', 'jane_doe', 'é', 'e\u0301', '😀', 'x'.repeat(255)];
      const adopted = await Promise.all(ids.map((foreignId) => core.users.adopt({ foreignId })));
      expect(new Set(adopted.map(({ id }) => id)).size).toBe(ids.length);
      expect(adopted.map(({ username }) => username)).toEqual(ids);
    });

    it('is not the registered user of the same name, and cannot sign in', async () => {
      const origin = { address: null, userAgent: null };
      const adopted = await core.users.adopt({ foreignId: 'kim_lee' });
      const password = 'StrongPass123!';
      const { user } = await core.users.register({ username: 'kim_lee', email: null, password, origin });
      expect(user.id).not.toBe(adopted.id);
      for (const tried of ['adopted:kim_lee', 'ADOPTED:kim_lee']) {
        for (const guess of ['!', '', password]) {
          const signedIn = core.auth.signIn({ name: tried, password: guess, origin });
          await expect(signedIn).rejects.toMatchObject({ code: 'invalid_credentials' });
        }
      }
      expect((await core.auth.signIn({ name: 'kim_lee', password, origin })).user.id).toBe(user.id);
    });

    it.each(['', 'x'.repeat(256), 'a\0b', '\ud800', '\ufeffa'])(
      'has an id that can be kept: %j',
      async (foreignId) => {
        await expect(core.users.adopt({ foreignId })).rejects.toMatchObject({ code: 'invalid_input' });
      },
    );

    it('is granted credits by the host program, once per idempotency key', async () => {
      const { id } = await core.users.adopt({ foreignId: 'who buys' });
      const order = { userId: id, amount: 500, reason: 'order 1234' };
      expect(await core.ledger.grant({ ...order, caller: operatorCaller })).toMatchObject({
        replayed: false,
        entry: { amount: 500 },
      });
      await core.ledger.grant({ ...order, caller: operatorCaller, idempotencyKey: 'order 1234' });
      expect(
        await core.ledger.grant({ ...order, caller: operatorCaller, idempotencyKey: 'order 1234' }),
      ).toMatchObject({
        replayed: true,
      });
      expect(await core.ledger.balance({ caller: operatorCaller, userId: id })).toEqual({
        balance: 5000,
        held: 0,
      });
    });

    it('is erased, and gets a new account when adopted again', async () => {
      const foreignId = 'who leaves';
      const { id } = await core.users.adopt({ foreignId });
      await core.chat.send({ userId: id, message: 'Remember me' });
      await core.users.eraseAdopted({ foreignId });
      const { results } = await core.chat.exchanges(
        { caller: operatorCaller, userId: id },
        { limit: 10, before: null },
      );
      expect(results.map(({ message, isErased }) => [message, isErased])).toEqual([['', true]]);
      await expect(core.users.eraseAdopted({ foreignId })).rejects.toMatchObject({ code: 'not_found' });
      expect((await core.users.adopt({ foreignId })).id).not.toBe(id);
    });
  });
}
