import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { loseConnections } from './reloaded-replies.js';
import { storagePerTest } from './storage.js';

describe.each(['embedded', 'PostgreSQL'] as const)('on %s', (engine) => {
  const storage = storagePerTest(engine);

  test('20 replies survive lost connections and a kill, and are charged once however many follow them', async () => {
    const report = await loseConnections(storage(), { rounds: 20, random: seededRandom(20) });
    expect(report).toMatchObject({ errors: [] });
    expect(report.completed + report.stopped + report.killed).toBe(20);
  });
});
