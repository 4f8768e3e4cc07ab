import type { Clock } from '../../../ports/clock.js';
import { DomainError } from '../../errors.js';

/** Waits for a provider that may never answer, and stops its work as soon as the waiting is over. */
export interface ProviderWatch {
  /** Why nothing is waited for any more: the total deadline, or that the reader left; null until then. */
  readonly over: DomainError | null;
  /** What is called, once, when it is over. */
  stopsWith(stopWork: () => void): void;
  /**
   * Settles as `promise` does. Rejects with `provider_timeout` when that takes longer than `withinMs`, and with `over`
   * as soon as that is so; whatever the promise does later is ignored.
   */
  wait<Value>(promise: Promise<Value>, withinMs: number): Promise<Value>;
  /** Resolves after `delayMs`, or as soon as it is over. */
  pause(delayMs: number): Promise<void>;
  /** Leaves no timer and no listener behind. */
  end(): void;
}

const readerLeft = new DomainError('provider_failed', 'Nobody waits for the reply any more.');

/** Watches over all that one provider does for one reply: until `signal` is aborted, and `totalMs` at most. */
export function watchProvider(
  clock: Pick<Clock, 'after'>,
  signal: AbortSignal,
  totalMs: number,
): ProviderWatch {
  let over = signal.aborted ? readerLeft : null;
  let stopWork = nothing;
  let wake = nothing;
  const endWith = (reason: DomainError) => {
    if (over !== null) return;
    over = reason;
    stopWork();
    wake();
  };
  const leave = () => {
    endWith(readerLeft);
  };
  signal.addEventListener('abort', leave, { once: true });
  const forgetTotal = clock.after(totalMs, () => {
    endWith(tooSlow('The AI provider took too long.'));
  });

  return {
    get over() {
      return over;
    },
    stopsWith(stop) {
      stopWork = stop;
    },
    wait(promise, withinMs) {
      return new Promise((resolve, reject) => {
        const wakeMine = () => {
          settle(() => {
            reject(over ?? tooSlow('The AI provider did not answer in time.'));
          });
        };
        const forget = clock.after(withinMs, wakeMine);
        const settle = (how: () => void) => {
          if (wake !== wakeMine) return;
          wake = nothing;
          forget();
          how();
        };
        wake = wakeMine;
        promise.then(
          (value) => {
            settle(() => {
              resolve(value);
            });
          },
          (cause: unknown) => {
            settle(() => {
              // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the model threw it
              reject(cause);
            });
          },
        );
        if (over !== null) wakeMine();
      });
    },
    pause(delayMs) {
      return new Promise((resolve) => {
        const forget = clock.after(delayMs, () => {
          wake();
        });
        wake = () => {
          wake = nothing;
          forget();
          resolve();
        };
        if (over !== null) wake();
      });
    },
    end() {
      signal.removeEventListener('abort', leave);
      forgetTotal();
    },
  };
}

function tooSlow(message: string): DomainError {
  return new DomainError('provider_timeout', message);
}

function nothing(): void {
  // Nothing waits, and nothing works.
}
