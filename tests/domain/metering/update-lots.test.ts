import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxCredits } from '../../../src/domain/ledger/entry.js';
import { allowancePeriodAt } from '../../../src/domain/metering/allowance.js';
import { hasExpired, newLot, type Lot } from '../../../src/domain/metering/lot.js';
import {
  dueAt,
  takeFromLots,
  updateLots,
  type AccountLots,
} from '../../../src/domain/metering/update-lots.js';
import { chosenSeed } from '../../seed.js';
import { attributeExactly, play, type Account, type Step } from './lots-simulation.js';

const seed = chosenSeed();
const numRuns = Number(process.env['RUNS'] ?? 500);

const minutes = fc.integer({ min: 1, max: 12 });
const amount = fc.integer({ min: 1, max: 120 });
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('grant' as const),
      amount,
      priority: fc.constantFrom(10, 20, 50),
      expiresInMinutes: fc.option(fc.integer({ min: 1, max: 20 }), { nil: null }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), amount, named: fc.nat(9) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('hold' as const), amount }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('settle' as const),
      hold: fc.nat(5),
      share: fc.constantFrom(0, 0.3, 0.7, 1, 1),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), hold: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('touch' as const) }) },
);
const history = fc.array(stepArbitrary, { minLength: 5, maxLength: 50, size: 'max' });
const allowance = fc.option(
  fc.record({ amount, every: fc.constantFrom('day' as const, 'week' as const, 'month' as const) }),
  { nil: null },
);

const figures = { seed, numRuns };

function leftOf(account: Account): Map<string, number> {
  return new Map([...account.allLots].map(([id, { left }]) => [id, left]));
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0);
}

describe(`the lots of an account (seed ${seed})`, () => {
  test('conserve every credit, whenever they are brought up to date', () => {
    const check = fc.property(history, allowance, fc.boolean(), (steps, given, eagerly) => {
      const onUpdate = (account: Account) => {
        const { balance, added, charged, removed, expired, now, lots, holds } = account;
        const held = sum(holds.flatMap((hold) => (hold.state === 'open' ? [hold.held] : [])));
        expect(balance).toBeGreaterThanOrEqual(0);
        expect(added).toBe(balance + held + charged + removed + expired);
        expect(sum(lots.map(({ left }) => left))).toBe(balance + held);
        for (const lot of lots) {
          expect(lot.left).toBeGreaterThan(0);
          expect(lot.left).toBeLessThanOrEqual(lot.amount);
          if (!hasExpired(lot, now)) continue;
          const uses = account.uses.filter(({ lotId }) => lotId === lot.id);
          expect(sum(uses.map((use) => use.amount))).toBe(lot.left);
          for (const { holdId } of uses) {
            const hold = holds.find(({ id }) => id === holdId);
            expect(hold).toMatchObject({ state: 'open' });
            expect(hasExpired(lot, hold?.madeAt ?? now)).toBe(false);
          }
        }
      };
      const account = play(steps, { eagerly, allowance: given, onUpdate });
      expect(account.uses).toEqual([]);
    });
    fc.assert(check, figures);
  });

  test('are what each charge would leave of them at its moment, if they are brought up to date at every moment', () => {
    const check = fc.property(history, allowance, (steps, given) => {
      const account = play(steps, { eagerly: true, allowance: given });
      const exact = attributeExactly(account.events, account.now);
      expect(exact?.expired).toBe(account.expired);
      expect(leftOf(account)).toEqual(exact?.left);
    });
    fc.assert(check, figures);
  });

  test('never expire by more if they are brought up to date only when something is due', () => {
    let differences = 0;
    const check = fc.property(history, allowance, (steps, given) => {
      const account = play(steps, { eagerly: false, allowance: given });
      const exact = attributeExactly(account.events, account.now);
      if (exact === null) return;
      expect(account.expired).toBeLessThanOrEqual(exact.expired);
      if (account.expired < exact.expired) differences += 1;
    });
    fc.assert(check, figures);
    expect(differences).toBeLessThan(numRuns / 10);
  });

  test('are the same, however rarely they are brought up to date, if no hold is open when something expires', () => {
    const whole = (steps: Step[]) =>
      steps.flatMap((step): Step[] =>
        step.do === 'hold' ? [step, { do: 'settle', hold: 0, share: 0.7 }] : [step],
      );
    const alone = history.map((steps) =>
      whole(steps.filter(({ do: action }) => action !== 'settle' && action !== 'release')),
    );
    const check = fc.property(alone, allowance, (steps, given) => {
      const [lazily, eagerly] = [false, true].map((eager) =>
        play(steps, { eagerly: eager, allowance: given }),
      );
      expect(lazily?.expired).toBe(eagerly?.expired);
      expect(lazily && leftOf(lazily)).toEqual(eagerly && leftOf(eagerly));
    });
    fc.assert(check, figures);
  });

  test('have one allowance at most for a period', () => {
    const days = history.map((steps) =>
      steps.map((step) => (step.do === 'wait' ? { ...step, minutes: step.minutes * 97 } : step)),
    );
    const check = fc.property(days, amount, (steps, given) => {
      const account = play(steps, { eagerly: false, allowance: { amount: given, every: 'day' } });
      const periods = [...account.allLots.values()].flatMap(({ period }) =>
        period === null ? [] : [period],
      );
      expect(new Set(periods).size).toBe(periods.length);
      const daysOfUse = account.events.flatMap(({ did, at }) =>
        did === 'held' ? [`day ${at.toISOString().slice(0, 10)}`] : [],
      );
      expect(periods).toEqual(expect.arrayContaining(daysOfUse));
    });
    fc.assert(check, figures);
  });
});

describe('an update of lots', () => {
  const now = new Date('2026-11-30T12:00:00Z');
  const earlier = new Date('2026-11-01T12:00:00Z');
  const lot = (id: string, left: number, changes: Partial<Lot> = {}): Lot => ({
    ...newLot('grant', 1000, earlier, id),
    left,
    ...changes,
  });
  const expiredLot = (id: string, left: number, changes: Partial<Lot> = {}) =>
    lot(id, left, { expiresAt: new Date('2026-11-30T11:00:00Z'), ...changes });
  function update(changes: Partial<AccountLots>, given: Parameters<typeof updateLots>[2] = null) {
    const nothing = { balance: 0, openHolds: [], lots: [], uses: [], endedHolds: [], uncovered: 0 };
    const { lots, entries, ...updated } = updateLots({ ...nothing, ...changes }, now, given, () => 'new');
    return {
      ...updated,
      lots: lots.map(({ id, left }) => `${id} ${left}`),
      expired: entries.flatMap(({ kind, lot: { id }, amount: rest }) =>
        kind === 'expiry' ? [`${id} ${-rest}`] : [],
      ),
      allowance: entries.find(({ kind }) => kind === 'allowance')?.lot ?? null,
    };
  }

  test('takes what was spent by priority, then by expiry, then by age', () => {
    const lots = [
      lot('purchase', 100, { priority: 50 }),
      lot('younger', 100, { createdAt: now }),
      lot('older', 100),
      lot('later', 100, { expiresAt: new Date('2027-01-01T00:00:00Z') }),
      lot('sooner', 100, { expiresAt: new Date('2026-12-01T00:00:00Z') }),
      lot('first', 100, { priority: 10 }),
    ];
    const left = [600, 550, 450, 350, 250, 150, 50, 0].map((balance) => update({ balance, lots }).lots);
    const order = ['first', 'sooner', 'later', 'older', 'younger', 'purchase'].map((id) => `${id} 100`);
    expect(left).toEqual([
      order,
      ['first 50', ...order.slice(1)],
      ['sooner 50', ...order.slice(2)],
      ['later 50', ...order.slice(3)],
      ['older 50', ...order.slice(4)],
      ['younger 50', ...order.slice(5)],
      ['purchase 50'],
      [],
    ]);
  });

  test('lets everything that is not held leave an expired lot', () => {
    const lots = [expiredLot('expired', 100), lot('lasting', 100)];
    expect(update({ balance: 200, lots })).toMatchObject({
      ...{ balance: 100, lots: ['lasting 100'], expired: ['expired 100'], uses: [] },
    });
    const openHolds = [{ id: 'hold', held: 130 }];
    expect(update({ balance: 70, openHolds, lots })).toMatchObject({
      ...{ balance: 70, lots: ['expired 100', 'lasting 100'], expired: [] },
      uses: [{ lotId: 'expired', holdId: 'hold', amount: 100 }],
    });
  });

  test('lets what a hold gives back expire with the lot, and charges the hold to it', () => {
    const lots = [expiredLot('expired', 100), lot('lasting', 100)];
    const uses = [{ lotId: 'expired', holdId: 'hold', amount: 100 }];
    const ended = (captured: number) => {
      const endedHolds = [{ id: 'hold', captured }];
      return update({ balance: 200 - captured, lots, uses, endedHolds });
    };
    expect(ended(60)).toMatchObject({
      balance: 100,
      lots: ['lasting 100'],
      expired: ['expired 40'],
      uses: [],
    });
    expect(ended(0)).toMatchObject({ balance: 100, lots: ['lasting 100'], expired: ['expired 100'] });
    expect(ended(100)).toMatchObject({ balance: 100, lots: ['lasting 100'], expired: [] });
    expect(ended(130)).toMatchObject({ balance: 70, lots: ['lasting 70'], expired: [] });
  });

  test('does not charge a later hold to an expired lot that an earlier one still keeps', () => {
    const lots = [expiredLot('expired', 100), lot('lasting', 100)];
    const uses = [{ lotId: 'expired', holdId: 'earlier', amount: 100 }];
    const openHolds = [{ id: 'earlier', held: 100 }];
    const updated = update({ balance: 40, openHolds, lots, uses });
    expect(updated).toMatchObject({ lots: ['expired 100', 'lasting 40'], expired: [], uses });
  });

  test('covers what a server of an earlier version spent of expired credits', () => {
    const lots = [expiredLot('expired', 100), lot('lasting', 100)];
    const uses = [{ lotId: 'expired', holdId: 'gone', amount: 100 }];
    const released = { lots, uses, endedHolds: [{ id: 'gone', captured: 0 }] };
    expect(update({ ...released, balance: 50 })).toMatchObject({
      lots: [],
      expired: ['expired 50'],
      balance: 0,
    });
    const openHolds = [{ id: 'old', held: 150 }];
    expect(update({ ...released, openHolds, balance: 50 })).toMatchObject({
      ...{ lots: ['expired 50', 'lasting 100'], expired: ['expired 50'], balance: 0 },
      uses: [{ lotId: 'expired', holdId: 'old', amount: 50 }],
    });
  });

  test('makes a lot of credits that were added without one', () => {
    const updated = update({ balance: 130, uncovered: 50, lots: [lot('known', 100, { priority: 10 })] });
    expect(updated.lots).toEqual(['known 80', 'new 50']);
    expect(updated.changed).toMatchObject([
      { id: 'known', left: 80 },
      { id: 'new', kind: 'grant', amount: 50, priority: 20, expiresAt: null },
    ]);
  });

  test('gives an allowance that ends with the period, and no more than a balance can hold', () => {
    const allowance = { amount: 100, every: 'month' } as const;
    const given = { allowance, period: allowancePeriodAt(allowance, now, 'UTC'), isGiven: false };
    const expected = { kind: 'allowance', amount: 100, period: 'month 2026-11-01', priority: 10 };
    const updated = update({ balance: 5, lots: [lot('known', 5)] }, given);
    expect(updated).toMatchObject({ balance: 105, allowance: expected });
    expect(updated.allowance?.expiresAt).toEqual(new Date('2026-12-01T00:00:00Z'));
    expect(update({ balance: 5, lots: [lot('known', 5)] }, { ...given, isGiven: true }).allowance).toBeNull();
    const openHolds = [{ id: 'hold', held: 60 }];
    const full = lot('full', maxCredits - 30, { amount: maxCredits });
    expect(update({ balance: maxCredits - 90, openHolds, lots: [full] }, given)).toMatchObject({
      ...{ balance: maxCredits - 60, allowance: { amount: 30 } },
    });
  });

  test('is due when the first lot with something left expires, and while an allowance is to be given', () => {
    const [sooner, later] = [new Date('2026-12-05T00:00:00Z'), new Date('2026-12-24T00:00:00Z')];
    const lots = [
      lot('later', 1, { expiresAt: later }),
      lot('sooner', 1, { expiresAt: sooner }),
      lot('lasting', 1),
    ];
    expect(dueAt(lots, null, now)).toEqual(sooner);
    expect(dueAt([lot('lasting', 1), lot('spent', 0, { expiresAt: sooner })], null, now)).toBeNull();
    expect(dueAt([...lots, expiredLot('kept', 1)], null, now)).toEqual(sooner);
    const allowance = { amount: 100, every: 'month' } as const;
    const period = allowancePeriodAt(allowance, now, 'UTC');
    expect(dueAt(lots, { allowance, period, isGiven: true }, now)).toEqual(new Date('2026-12-01T00:00:00Z'));
    expect(dueAt(lots, { allowance, period, isGiven: false }, now)).toEqual(new Date('2026-11-01T00:00:00Z'));
  });

  test('takes removed credits from the named lot first, and never from an expired one', () => {
    const lots = [lot('first', 100, { priority: 10 }), lot('named', 100), expiredLot('expired', 100)];
    const leftAfter = (amount: number, named: string | null) =>
      takeFromLots(lots, amount, named, now).map(({ id, left }) => `${id} ${left}`);
    expect(leftAfter(30, 'named')).toEqual(['named 70']);
    expect(leftAfter(130, 'named')).toEqual(['named 0', 'first 70']);
    expect(leftAfter(130, null)).toEqual(['first 0', 'named 70']);
    expect(leftAfter(130, 'expired')).toEqual(['first 0', 'named 70']);
    expect(() => leftAfter(201, null)).toThrow(TypeError);
  });
});
