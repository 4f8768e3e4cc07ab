import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { echoModel } from '../../../src/adapters/ai/echo.js';
import { memoryStores } from '../../../src/adapters/memory/memory-stores.js';
import { nodeSecrets, systemClock, uuidIds } from '../../../src/adapters/system/system.js';
import { operatorCaller } from '../../../src/domain/auth/caller.js';
import { createCore } from '../../../src/domain/core.js';
import type { LotKind } from '../../../src/domain/metering/lot.js';

/** The rows of the example in docs/wallet.md: the day, and what is left of each lot and of all. */
function documentedRows(): { day: string; amounts: number[] }[] {
  const [, section = ''] = readFileSync('docs/wallet.md', 'utf8').split('## An example\n');
  const [example = ''] = section.split('\n## ');
  const rows = example.split('\n').filter((line) => /^\| \d/.test(line));
  return rows.map((line) => {
    const [day = '', , ...amounts] = line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    return { day, amounts: amounts.map((text) => (text === '—' ? 0 : Number(text.replace(',', '')))) };
  });
}

test('the example of the documentation is what happens', async () => {
  let now = new Date(0);
  const clock = { ...systemClock(), now: () => now };
  const core = createCore({
    ...memoryStores(clock),
    ...{ secrets: nodeSecrets(), ids: uuidIds(), clock },
    models: [{ name: 'echo', model: echoModel(), price: { perMessage: 100 } }],
    policy: { startingCredits: 4000, allowance: { amount: 1000, every: 'month' } },
  });
  now = new Date('2031-11-01T12:00:00Z');
  const { id: userId } = await core.users.adopt({ foreignId: 'jane' });
  const by = { caller: operatorCaller, userId };
  const send = async (count: number) => {
    for (let sent = 0; sent < count; sent += 1) await core.chat.send({ userId, message: 'Hello' });
  };
  const expiresAt = new Date('2031-11-15T00:00:00Z');
  const steps: Record<string, () => Promise<unknown>> = {
    '1 November': () => send(1),
    '2 November': () => core.ledger.grant({ ...by, amount: 300, reason: 'Spring', expiresAt }),
    '3–12 November': () => send(11),
    '15 November': () => Promise.resolve(),
    '16 November': () => send(1),
    '1 December': () => send(1),
  };
  const found: ReturnType<typeof documentedRows> = [];
  for (const [day, run] of Object.entries(steps)) {
    now = new Date(`${/\d+ \w+$/.exec(day.replace('–', ' '))?.[0] ?? ''} 2031 12:00 UTC`);
    await run();
    const { balance } = await core.ledger.balance(by);
    const { results } = await core.ledger.lots(by, { limit: 100, before: null });
    const leftOf = (kind: LotKind) =>
      results.filter((lot) => lot.kind === kind).reduce((sum, { left }) => sum + left, 0);
    found.push({ day, amounts: [leftOf('allowance'), leftOf('grant'), leftOf('opening'), balance] });
  }
  expect(documentedRows()).toEqual(found);
  const { results } = await core.ledger.entries(by, { limit: 100, before: null });
  expect(results.filter(({ kind }) => kind === 'expiry')).toMatchObject([{ amount: -100, reason: 'Spring' }]);
});
