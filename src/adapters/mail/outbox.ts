import type { Log } from '../../ports/log.js';
import type { Mail, Mailer } from '../../ports/mailer.js';

/** More than this many under way, and a further mail is given up: memory stays bounded where no server takes them. */
const maxPending = 1000;

/** A mailer whose owner can wait for what is under way. */
export interface Outbox extends Mailer {
  /** Resolves when nothing is under way any more, or after `timeoutMs`; answers how many mails were left behind. */
  finish(timeoutMs: number): Promise<number>;
}

/** What a line of the log has of the request that it belongs to. */
export type RequestFields = { requestId: string } | Record<string, never>;

/** Delivers mails, and forgets them, in the background, one way or another; what fails is logged. */
export function outbox(
  log: Log,
  transport: {
    deliver: (mail: Mail, ofRequest: RequestFields) => Promise<void>;
    forget: (userId: string) => Promise<void>;
  },
): Outbox {
  const pending = new Set<Promise<void>>();
  const work = (what: string, ofRequest: RequestFields, job: () => Promise<void>) => {
    const working = job()
      .catch((error: unknown) => {
        log.error({ ...ofRequest, error: error instanceof Error ? error.message : String(error) }, what);
      })
      .finally(() => pending.delete(working));
    pending.add(working);
  };
  return {
    post(mail, requestId) {
      const ofRequest = requestFields(requestId);
      if (pending.size >= maxPending) {
        log.error({ ...ofRequest, underWay: pending.size }, 'a mail was given up: too many are under way');
        return;
      }
      work('a mail could not leave', ofRequest, () =>
        nextEventLoopTurn().then(() => transport.deliver(mail, ofRequest)),
      );
    },
    forget(userId, requestId) {
      const before = Promise.all(pending);
      work('mails could not be forgotten', requestFields(requestId), () =>
        before.then(() => transport.forget(userId)),
      );
    },
    async finish(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs);
      });
      const done = (async () => {
        while (pending.size > 0) await Promise.all(pending);
      })();
      await Promise.race([done, timeout]);
      clearTimeout(timer);
      return pending.size;
    },
  };
}

function requestFields(requestId: string | undefined): RequestFields {
  return requestId === undefined ? {} : { requestId };
}

/** So that whoever posted a mail is answered no later than if there had been none to send. */
function nextEventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
