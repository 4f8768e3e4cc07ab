import type { Log } from '../../ports/log.js';
import type { Mail, Mailer } from '../../ports/mailer.js';

/** More than this many under way, and a further mail is given up: memory stays bounded where no server takes them. */
const maxUnderWay = 1000;

/** A mailer whose owner can wait for what is under way. */
export interface Outbox extends Mailer {
  /** Resolves when nothing is under way any more, or after `timeoutMs`; answers how many mails were left behind. */
  finish(timeoutMs: number): Promise<number>;
}

/** Delivers mails, and forgets them, in the background, one way or another; what fails is logged. */
export function outbox(
  log: Log,
  ways: { deliver: (mail: Mail) => Promise<void>; forget: (userId: string) => Promise<void> },
): Outbox {
  const underWay = new Set<Promise<void>>();
  const work = (what: string, job: () => Promise<void>) => {
    const working = job()
      .catch((error: unknown) => {
        log.error({ error: error instanceof Error ? error.message : String(error) }, what);
      })
      .finally(() => underWay.delete(working));
    underWay.add(working);
  };
  return {
    post(mail) {
      if (underWay.size >= maxUnderWay) {
        log.error({ underWay: underWay.size }, 'a mail was given up: too many are under way');
        return;
      }
      work('a mail could not leave', () => afterAnswers().then(() => ways.deliver(mail)));
    },
    forget(userId) {
      const before = Promise.all(underWay);
      work('mails could not be forgotten', () => before.then(() => ways.forget(userId)));
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
