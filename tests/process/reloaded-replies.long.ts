import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { loseConnections } from './reloaded-replies.js';
import { repetitions } from './repetitions.js';
import { storagePerTest } from './storage.js';

const rounds = repetitions(200);

describe.each(['embedded', 'PostgreSQL'] as const)('on %s', (engine) => {
  const storage = storagePerTest(engine);

  test('replies survive lost connections and kills, and are charged once however many follow them', async () => {
    const report = await loseConnections(storage(), { rounds, random: seededRandom(20) });
    console.log(engine, report);
    expect(report.errors).toEqual([]);
    expect(report.completed + report.stopped + report.killed).toBe(rounds);
  });
});
