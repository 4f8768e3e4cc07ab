import { afterAll, afterEach, expect, test } from 'vitest';
import { seededRandom } from '../../src/testing/seeded-random.js';
import { chosenSeed } from '../seed.js';
import { removeDataFolders } from './data-folder.js';
import { interruptFacts } from './interrupted-facts.js';
import { killMidPayment } from './kill-mid-payment.js';
import { repetitions } from './repetitions.js';
import { killProcesses } from './server-process.js';
import { storageOn } from './storage.js';

const kills = repetitions(20);
const places = [
  { engine: 'embedded', servers: 1 },
  { engine: 'PostgreSQL', servers: 1 },
  { engine: 'PostgreSQL', servers: 2 },
] as const;

afterEach(killProcesses);
afterAll(removeDataFolders);

test.each(places)(
  'payments are credited once and taken back once while servers are killed and events come late, twice or never ($engine, servers: $servers)',
  async ({ engine, servers }) => {
    const seed = chosenSeed();
    const storage = await storageOn(engine);
    const random = seededRandom(seed);
    const report = await killMidPayment(storage, { kills, servers, random, auditsEach: true });
    console.log(
      `${report.kills} of ${kills} kills survived on ${engine}, servers: ${servers} (seed ${seed}): ${report.orders} orders, ` +
        `${report.facts} facts, ${report.interrupted} events interrupted, ${report.replayed} of them applied before, ` +
        `${report.lost} lost, responses ${JSON.stringify(report.responses)}, ${report.errors.length} errors`,
    );
    expect(report.errors).toEqual([]);
    expect(report.kills).toBe(kills);
    expect(report.lost).toBeGreaterThan(0);
    expect(report.interrupted).toBeGreaterThan(0);
    await storage.remove();
  },
);

// The poll applies facts by the same statements.
test.each([
  { engine: 'embedded', arrival: 'event', every: 1 },
  { engine: 'PostgreSQL', arrival: 'event', every: 1 },
  { engine: 'embedded', arrival: 'poll', every: 5 },
  { engine: 'PostgreSQL', arrival: 'poll', every: 2 },
] as const)(
  'a server that is killed before any statement of a fact has applied it whole or not at all ($engine, $arrival)',
  async ({ engine, arrival, every }) => {
    const storage = await storageOn(engine);
    const report = await interruptFacts(storage, { arrival, every });
    console.log(
      `${report.kills} kills, before statement 1 and every ${every}th of four facts by ${arrival}, on ${engine}: ` +
        `${report.appliedUnseen} facts applied without a response, ${report.errors.length} errors`,
    );
    expect(report.errors).toEqual([]);
    expect(report.kills).toBeGreaterThan(20);
    // The statement that follows a commit is counted as well.
    if (every === 1) expect(report.appliedUnseen).toBe(4);
    await storage.remove();
  },
);
