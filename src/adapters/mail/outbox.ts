import type { Log } from '../../ports/log.js';
import type { Mail, Mailer } from '../../ports/mailer.js';

/** More than this many under way, and a further mail is given up: memory stays bounded where no server takes them. */
const maxUnderWay = 1000;

/** A mailer whose owner can wait for what is under way. */
export interface Outbox extends Mailer {
  /** Resolves when nothing is under way any more, or after `timeoutMs`; answers how many mails were left behind. */
  finish(timeoutMs: number): Promise<number>;
}

/** Delivers mails in the background, one way or another; what fails is logged. */
export function outbox(log: Log, deliver: (mail: Mail) => Promise<void>): Outbox {
  const underWay = new Set<Promise<void>>();
  return {
    post(mail) {
      if (underWay.size >= maxUnderWay) {
        log.error({ underWay: underWay.size }, 'a mail was given up: too many are under way');
        return;
      }
      const delivery = afterAnswers()
        .then(() => deliver(mail))
        .catch((error: unknown) => {
          log.error(
            { error: error instanceof Error ? error.message : String(error) },
            'a mail could not leave',
          );
        })
        .finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    },
    async finish(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, timeoutMs);
      });
      const done = (async () => {
        while (underWay.size > 0) await Promise.all(underWay);
      })();
      await Promise.race([done, timeout]);
      clearTimeout(timer);
      return underWay.size;
    },
  };
}

/** So that whoever posted a mail is answered no later than if there had been none to send. */
function afterAnswers(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
