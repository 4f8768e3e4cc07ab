import type { Log } from '../../ports/log.js';
import type { Mail, Mailer } from '../../ports/mailer.js';

/** Further mails are dropped, so that memory stays bounded while the mail server is unavailable. */
const maxPending = 1000;

/** A mailer that delivers in the background. */
export interface Outbox extends Mailer {
  /** Waits until nothing is pending, at most `timeoutMs` milliseconds. Returns the number of pending jobs. */
  finish(timeoutMs: number): Promise<number>;
}

/** The fields of a log line about a request. */
export type RequestFields = { requestId: string } | Record<string, never>;

/** Delivers and deletes mails in the background. Failures are logged. */
export function outbox(
  log: Log,
  transport: {
    deliver: (mail: Mail, ofRequest: RequestFields) => Promise<void>;
    forget: (userId: string) => Promise<void>;
  },
): Outbox {
  const pending = new Set<Promise<void>>();
  const run = (failureMessage: string, fields: RequestFields, job: () => Promise<void>) => {
    const running = job()
      .catch((error: unknown) => {
        log.error(
          { ...fields, error: error instanceof Error ? error.message : String(error) },
          failureMessage,
        );
      })
      .finally(() => pending.delete(running));
    pending.add(running);
  };
  return {
    post(mail, requestId) {
      const fields = requestFields(requestId);
      if (pending.size >= maxPending) {
        log.error({ ...fields, pending: pending.size }, 'mail dropped: too many are pending');
        return;
      }
      run('mail delivery failed', fields, () =>
        nextEventLoopTurn().then(() => transport.deliver(mail, fields)),
      );
    },
    forget(userId, requestId) {
      const before = Promise.all(pending);
      run('mail deletion failed', requestFields(requestId), () =>
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

/** Delivery starts after the response, so that its time does not show whether a mail is sent. */
function nextEventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
