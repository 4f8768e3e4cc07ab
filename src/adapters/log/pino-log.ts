import { destination, pino, stdTimeFunctions, type LevelWithSilent } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Log } from '../../ports/log.js';

/** How long a line may wait for others to be written with; a killed process loses no more than that. */
const flushIntervalMs = 250;

/** Lines of JSON on standard output, or readable ones where a person looks at a terminal. */
export function pinoLog(options: { level: LevelWithSilent; readable: boolean }): Log {
  const output = options.readable
    ? PinoPretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', singleLine: true })
    : destination({ fd: 1, sync: false, minLength: 4096, periodicFlush: flushIntervalMs });
  return pino({ level: options.level, timestamp: stdTimeFunctions.isoTime }, output);
}
