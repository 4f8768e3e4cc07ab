import { describe, expect, it } from 'vitest';
import { operatorCaller } from '../../src/domain/auth/caller.js';
import { echoModel } from '../../src/adapters/ai/echo.js';
import { memoryStores } from '../../src/adapters/memory/memory-stores.js';
import { createCore } from '../../src/domain/core.js';
import { defaultLimits, noLimits } from '../../src/domain/limits/rate-limits.js';
import { defaultPolicy } from '../../src/domain/policy.js';
import { withDefaults, type CorePorts } from '../../src/domain/ports.js';
import { nodeAdapters } from '../../src/entrypoints/node.js';

const { holdLedger, creditLedger, conversationStore, userStore, auditLog } = memoryStores();
const { secrets, ids, clock, rateLimiter } = nodeAdapters();
const least: CorePorts = {
  ...{ holdLedger, creditLedger, conversationStore, secrets, ids, clock },
  models: [{ name: 'echo', model: echoModel() }],
};

describe('a core with only the required ports', () => {
  it('chats', async () => {
    const { id } = await createCore({ ...least, userStore, auditLog }).users.adopt({ foreignId: 'jane' });
    const { reply, balance } = await createCore(least).chat.send({ userId: id, message: 'Hello' });
    expect([reply, balance]).toEqual(['Echo: Hello', 3900]);
  });

  it('names a missing port before anything is written', async () => {
    const core = createCore({ ...least, userStore, auditLog });
    const jane = { username: 'jane_doe', email: null, password: 'StrongPass123!' };
    const origin = { address: null, userAgent: null };
    await expect(core.users.register({ ...jane, origin })).rejects.toThrow(
      /requires the port commonPasswords/,
    );
    await expect(core.auth.authenticate('mca_x')).rejects.toThrow();
    await expect(core.users.find({ caller: operatorCaller, username: 'jane_doe' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('has no limits without a rate limiter, and rejects limits without one', () => {
    expect(withDefaults(least).policy).toEqual({ ...defaultPolicy, limits: noLimits });
    expect(withDefaults({ ...least, rateLimiter }).policy.limits).toEqual(defaultLimits);
    expect(() => createCore({ ...least, policy: { limits: defaultLimits } })).toThrow(TypeError);
  });
});
