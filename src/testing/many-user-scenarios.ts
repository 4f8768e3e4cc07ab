import { expect } from 'expect';
import {
  actionSettlementOf,
  allExchanges,
  createAccount,
  delicateTexts,
  newId,
  openActionHold,
  openHold,
  releaseOf,
  reserveRequest,
  settlementOf,
  spendRequest,
} from './accounts.js';
import type { Settlement } from '../ports/hold-ledger.js';
import type { Stores } from '../ports/stores.js';

type Random = (below: number) => number;

/** The actions of one account in parallel with others, and the expected result. */
export interface Scenario {
  /** Started in parallel, in any order, between those of other accounts. */
  actions: (() => Promise<unknown>)[];
  /** Checks the account at the end. */
  check: () => Promise<void>;
}

/** Prepares an account for a scenario. */
export type Prepare = (stores: Stores, random: Random) => Promise<Scenario>;

const most = Number.MAX_SAFE_INTEGER;

function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function countOf(outcomes: readonly string[], wanted: string): number {
  return outcomes.filter((outcome) => outcome === wanted).length;
}

async function expectBalance(stores: Stores, userId: string, balance: number, held: number): Promise<void> {
  expect(await stores.creditLedger.balance(userId)).toEqual({ balance, held });
}

/** More chats than the balance pays for. */
const poor: Prepare = async (stores, random) => {
  const [hold, affordable, asked] = [1 + random(300), random(5), 5 + random(4)];
  const rest = random(hold);
  const userId = await createAccount(stores, affordable * hold + rest);
  const outcomes: string[] = [];
  const reserve = async () => {
    const conversation = random(2) === 0 ? null : { id: newId(), title: 'T' };
    const reserved = await stores.holdLedger.reserve(reserveRequest(userId, { hold, conversation }));
    outcomes.push(reserved.outcome);
  };
  return {
    actions: times(asked, () => reserve),
    check: async () => {
      expect(countOf(outcomes, 'reserved')).toBe(affordable);
      expect(countOf(outcomes, 'insufficient')).toBe(asked - affordable);
      await expectBalance(stores, userId, rest, affordable * hold);
    },
  };
};

/** Several exchanges with one idempotency key. */
const sameKey: Prepare = async (stores, random) => {
  const userId = await createAccount(stores, 10_000);
  const asked = 2 + random(5);
  const outcomes: string[] = [];
  const claimants = new Set<string>();
  const reserve = async () => {
    const request = reserveRequest(userId, { idempotencyKey: 'k "\\u0000\\' });
    const reserved = await stores.holdLedger.reserve(request);
    outcomes.push(reserved.outcome);
    claimants.add(reserved.outcome === 'key_claimed' ? reserved.exchange.id : request.exchangeId);
  };
  return {
    actions: times(asked, () => reserve),
    check: async () => {
      expect(countOf(outcomes, 'reserved')).toBe(1);
      expect(countOf(outcomes, 'key_claimed')).toBe(asked - 1);
      expect(claimants.size).toBe(1);
      await expectBalance(stores, userId, 9900, 100);
    },
  };
};

/** Two charges, a release and, if the deadline has passed, an expiry of one hold. */
const oneEnd: Prepare = async (stores, random) => {
  const isDue = random(3) === 0;
  const userId = await createAccount(stores, 1000);
  const exchange = await openHold(stores, userId, { idempotencyKey: 'k', leaseMs: isDue ? 0 : 3_600_000 });
  const captures = [random(101), random(101)];
  const outcomes: string[] = [];
  let spent = 0;
  const settles = captures.map((capture) => async () => {
    const { outcome } = await stores.holdLedger.settle(settlementOf(exchange, capture));
    outcomes.push(outcome);
    if (outcome === 'settled') spent += capture;
  });
  const release = async () => {
    outcomes.push((await stores.holdLedger.release(releaseOf(exchange))).outcome);
  };
  const expire = () => stores.holdLedger.expireHolds({ everyOpen: false });
  return {
    actions: isDue ? [...settles, release, expire] : [...settles, release],
    check: async () => {
      const [only] = await allExchanges(stores, userId);
      const settled = countOf(outcomes, 'settled');
      const released = countOf(outcomes, 'released');
      if (isDue) expect(settled).toBe(0);
      else expect(settled + released).toBe(1);
      const ends = settled === 1 ? 'captured' : released === 1 ? 'released' : 'expired';
      expect(only?.holdState).toBe(ends);
      await expectBalance(stores, userId, 1000 - spent, 0);
    },
  };
};

/** Several charges, most below their hold, with texts that a statement could change by mistake. */
const charges: Prepare = async (stores, random) => {
  const userId = await createAccount(stores, 10_000);
  const holds = await Promise.all(times(1 + random(4), () => openHold(stores, userId)));
  const settlements = holds.map((exchange) => {
    const text = delicateTexts[random(delicateTexts.length)] ?? '';
    return settlementOf(exchange, random(3) === 0 ? 100 : random(101), {
      reply: text,
      toolCalls: random(2) === 0 ? null : [{ id: `c${text}`, name: 'look', arguments: JSON.stringify(text) }],
      usage:
        random(4) === 0
          ? null
          : {
              ...{ input: most - random(2), cachedInput: random(5), cacheWrite: random(5) },
              ...{ output: 9 + random(9), reasoning: random(9) },
            },
    });
  });
  const spent = settlements.reduce((sum, { capture }) => sum + capture, 0);
  const outcomes: string[] = [];
  return {
    actions: settlements.map((settlement) => async () => {
      outcomes.push((await stores.holdLedger.settle(settlement)).outcome);
    }),
    check: async () => {
      expect(countOf(outcomes, 'settled')).toBe(holds.length);
      await expectBalance(stores, userId, 10_000 - spent, 0);
      const kept = new Map((await allExchanges(stores, userId)).map((exchange) => [exchange.id, exchange]));
      for (const { exchange, capture, chat } of settlements) {
        const { reply, toolCalls, usage } = chat;
        const expected = { captured: capture, reply, toolCalls, usage };
        expect(kept.get(exchange.exchangeId)).toMatchObject(expected);
      }
    },
  };
};

/** A charge below zero, in parallel with a valid one. */
const outOfBounds: Prepare = async (stores, random) => {
  const userId = await createAccount(stores, 1000);
  const [good, bad] = [await openHold(stores, userId), await openHold(stores, userId)];
  const outcomes: string[] = [];
  return {
    actions: [
      () => expect(stores.holdLedger.settle(settlementOf(bad, -1 - random(9)))).rejects.toThrow(TypeError),
      async () => {
        outcomes.push((await stores.holdLedger.settle(settlementOf(good, 70))).outcome);
      },
    ],
    check: async () => {
      expect(outcomes).toEqual(['settled']);
      await expectBalance(stores, userId, 830, 100);
    },
  };
};

/** The largest possible amounts. */
const largest: Prepare = async (stores, random) => {
  const userId = await createAccount(stores, most);
  const exchange = await openHold(stores, userId, {
    hold: most,
    price: { per1kInput: most, per1kOutput: 1 },
  });
  const left = random(3);
  let balance: number | null = null;
  return {
    actions: [
      async () => {
        const settled = await stores.holdLedger.settle(settlementOf(exchange, most - left));
        if (settled.outcome === 'settled') balance = settled.balance;
      },
    ],
    check: async () => {
      expect(balance).toBe(left);
      await expectBalance(stores, userId, left, 0);
    },
  };
};

/** Grants and adjustments in parallel with the start of chats. */
const posts: Prepare = async (stores, random) => {
  const userId = await createAccount(stores, 500);
  let [balance, held] = [500, 0];
  const post = (amount: number) => async () => {
    const entry = { id: newId(), userId, kind: 'adjustment', amount, reason: null } as const;
    if ((await stores.creditLedger.post(entry)).outcome === 'posted') balance += amount;
  };
  const reserve = async () => {
    const { outcome } = await stores.holdLedger.reserve(reserveRequest(userId));
    if (outcome === 'reserved') [balance, held] = [balance - 100, held + 100];
  };
  const amounts = [random(300) + 1, -random(300) - 1, -random(300) - 1];
  return {
    actions: [...amounts.map(post), ...times(5, () => reserve)],
    check: () => expectBalance(stores, userId, balance, held),
  };
};

/** A conversation that is erased in parallel with the end of its exchanges. */
const erasedTexts: Prepare = async (stores, random) => {
  const userId = await createAccount(stores, 1000);
  const conversationId = newId();
  const exchange = await openHold(stores, userId, { conversation: { id: conversationId, title: 'T' } });
  const capture = random(2) === 0 ? 100 : random(100);
  const outcomes: string[] = [];
  return {
    actions: [
      async () => {
        outcomes.push((await stores.holdLedger.settle(settlementOf(exchange, capture))).outcome);
      },
      () => stores.conversationStore.erase({ userId, conversationId }),
    ],
    check: async () => {
      expect(outcomes).toEqual(['settled']);
      const [only] = await allExchanges(stores, userId);
      expect(only).toMatchObject({ isErased: true, message: '', reply: '', captured: capture });
      await expectBalance(stores, userId, 1000 - capture, 0);
    },
  };
};

/** An account that is erased in parallel with the start and end of its chats. */
const erasedAccount: Prepare = async (stores, random) => {
  const userId = await createAccount(stores, 1000);
  const exchange = await openHold(stores, userId);
  const capture = random(101);
  let spent = 0;
  return {
    actions: [
      async () => {
        const { outcome } = await stores.holdLedger.settle(settlementOf(exchange, capture));
        if (outcome === 'settled') spent = capture;
      },
      ...times(2, () => () => stores.holdLedger.reserve(reserveRequest(userId, { idempotencyKey: newId() }))),
      async () => {
        expect(await stores.userStore.erase(userId)).toBe('erased');
      },
    ],
    check: async () => {
      await expectBalance(stores, userId, 1000 - spent, 0);
      const left = await allExchanges(stores, userId);
      expect(left.map(({ message, isErased }) => [message, isErased])).toEqual(left.map(() => ['', true]));
    },
  };
};

/** Other actions than chats, some of which cost more than they held, in parallel with charges at once. */
const otherActions: Prepare = async (stores, random) => {
  const opening = random(2) === 0 ? 10_000 : 150 + random(400);
  const userId = await createAccount(stores, opening);
  const holds = await Promise.all(times(1 + random(3), () => openActionHold(stores, userId, { hold: 50 })));
  let [spent, settled] = [0, 0];
  const settlements = holds.map((exchange) => actionSettlementOf(exchange, random(200)));
  const settle = (settlement: Settlement) => async () => {
    const outcome = await stores.holdLedger.settle(settlement);
    if (outcome.outcome !== 'settled') return;
    settled += 1;
    spent += outcome.captured;
  };
  const spend = async () => {
    const { outcome } = await stores.holdLedger.spend(spendRequest(userId, { amount: 20 }));
    if (outcome === 'spent') spent += 20;
  };
  return {
    actions: [...settlements.map(settle), ...times(3, () => spend)],
    check: async () => {
      expect(settled).toBe(holds.length);
      await expectBalance(stores, userId, opening - spent, 0);
    },
  };
};

/** All scenarios that accounts can run in parallel. */
export const scenarios: readonly Prepare[] = [
  ...[poor, sameKey, oneEnd, charges, largest, posts, erasedTexts, erasedAccount, otherActions],
];

/** The same with a rejected one: the statements that are sent with it may have to be repeated. */
export const scenariosWithFaults: readonly Prepare[] = [...scenarios, outOfBounds];
