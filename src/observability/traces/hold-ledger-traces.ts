import type { Tracer } from '@opentelemetry/api';
import type { HoldLedger } from '../../ports/hold-ledger.js';
import { withinSpan } from './spans.js';

/** Adds a span with the outcome for each step of an exchange. */
export function withHoldLedgerTraces(ledger: HoldLedger, tracer: Tracer): HoldLedger {
  const step = <Result extends { outcome: string }>(name: string, id: string, work: () => Promise<Result>) =>
    withinSpan(tracer, name, { attributes: { 'metered_chat.chat_id': id } }, async (span) => {
      const result = await work();
      span.setAttribute('metered_chat.outcome', result.outcome);
      return result;
    });
  return {
    ...ledger,
    reserve: (request) => step('reserve', request.exchangeId, () => ledger.reserve(request)),
    settle: (settlement) => step('settle', settlement.exchange.exchangeId, () => ledger.settle(settlement)),
    release: (release) => step('release', release.exchange.exchangeId, () => ledger.release(release)),
  };
}
