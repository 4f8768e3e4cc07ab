import type { ConversationReference } from '../../ports/conversation-store.js';
import type { ExchangeReference } from '../../ports/hold-ledger.js';
import { newId, openHold, reserveRequest, settlementOf, type ReserveOverrides } from '../accounts.js';
import type { StoreHarness } from '../store-harness.js';
import type { TestRunner } from '../test-runner.js';

export const firstPage = { limit: 100, before: null };
export const wholeContext = { maxExchanges: 100, maxChars: 1_000_000, maxBytes: 1_000_000 };

/** What is read of a conversation that does not exist. */
export const nothingStored = {
  settings: { model: null, systemPrompt: null, temperature: null },
  exchanges: [],
  parent: null,
};

/** What the suites of `ConversationStore` share; the harness is open only while tests run. */
export type ConversationView = ReturnType<typeof conversationView>;

/** Returns what the suites of `ConversationStore` share. */
export function conversationView(runner: TestRunner, harness: () => StoreHarness) {
  const ledger = () => harness().stores.holdLedger;
  return {
    runner,
    harness,
    store: () => harness().stores.conversationStore,
    ledger,
    /** Creates a conversation with an exchange that stays pending. */
    begin: async (userId: string, title = 'A title', overrides: ReserveOverrides = {}) => {
      const conversation = { userId, conversationId: newId() };
      const placed = { conversation: { id: conversation.conversationId, title }, ...overrides };
      return { conversation, exchange: await openHold(harness().stores, userId, placed) };
    },
    /** Sends a message to a conversation. */
    say: (
      { userId, conversationId }: ConversationReference,
      message: string,
      overrides: ReserveOverrides = {},
    ) => {
      const conversation = { id: conversationId, title: null };
      return openHold(harness().stores, userId, { conversation, message, ...overrides });
    },
    /** Returns a message to a conversation, to be reserved. */
    within: ({ userId, conversationId }: ConversationReference) =>
      reserveRequest(userId, { conversation: { id: conversationId, title: null }, message: 'More' }),
    /** Returns what a model reads before a message without a place. */
    contextOf: async (conversation: ConversationReference, bounds = wholeContext) => {
      const context = await harness().stores.conversationStore.recentExchanges(conversation, bounds);
      if (context === null) throw new Error('No place was named.');
      return context;
    },
    /** Completes an exchange with a reply. */
    settle: (exchange: ExchangeReference, reply: string) =>
      ledger().settle(settlementOf(exchange, 1, { reply })),
  };
}
