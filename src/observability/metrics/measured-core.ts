import type { Core } from '../../domain/core.js';
import { isDomainError } from '../../domain/errors.js';
import type { Meters } from './meters.js';

/** What a chat that had begun can fail with: its ledger knows of those. */
const failures = new Set(['provider_failed', 'provider_timeout', 'unavailable']);

/** The core, counting the chats that never began: those refused, by why, and those answered from an earlier one. */
export function measuredCore(core: Core, { chats }: Pick<Meters, 'chats'>): Core {
  const [defaultModel, ...others] = core.chat.models().map(({ name }) => name);
  const names = new Set([defaultModel, ...others]);
  /** Whatever callers make up is one model. */
  const nameOf = (asked: string | null | undefined) => {
    const name = asked ?? defaultModel;
    return name !== undefined && names.has(name) ? name : 'unknown';
  };
  const refuse = (model: string, error: unknown) => {
    if (isDomainError(error) && !failures.has(error.code))
      chats.inc({ model, outcome: 'refused', code: error.code });
    return error;
  };
  const replay = (model: string, replayed: boolean) => {
    if (replayed) chats.inc({ model, outcome: 'replayed', code: 'none' });
  };

  return {
    ...core,
    limits: {
      ...core.limits,
      chat: (userId) =>
        core.limits.chat(userId).catch((error: unknown) => {
          throw refuse('unknown', error);
        }),
    },
    chat: {
      ...core.chat,
      async send(input) {
        const model = nameOf(input.model);
        try {
          const sent = await core.chat.send(input);
          replay(model, sent.replayed);
          return sent;
        } catch (error) {
          throw refuse(model, error);
        }
      },
      async *stream(input) {
        const model = nameOf(input.model);
        let hasStarted = false;
        try {
          for await (const chunk of core.chat.stream(input)) {
            if (chunk.type === 'started') replay(model, chunk.replayed);
            hasStarted = true;
            yield chunk;
          }
        } catch (error) {
          throw hasStarted ? error : refuse(model, error);
        }
      },
    },
  };
}
