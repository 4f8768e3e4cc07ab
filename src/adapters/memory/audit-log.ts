import type { AuditLog } from '../../ports/audit-log.js';
import type { Clock } from '../../ports/clock.js';
import { runAtomically, pageOfStored, type MemoryState } from './state.js';

/** The audit log in memory. */
export function memoryAuditLog(state: MemoryState, clock: Pick<Clock, 'now'>): AuditLog {
  return {
    record: (event) =>
      runAtomically(() => {
        const { address, userAgent } = event.origin;
        const origin = Object.freeze({ address, userAgent });
        state.auditEvents.push(Object.freeze({ ...event, origin, createdAt: clock.now() }));
      }),
    events: (userId, page) =>
      runAtomically(() =>
        pageOfStored(
          state.auditEvents.filter((event) => event.userId === userId),
          page,
        ),
      ),
  };
}
