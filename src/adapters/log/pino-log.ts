import { pino, stdTimeFunctions, type LevelWithSilent } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Log } from '../../ports/log.js';

/** Lines of JSON on standard output, or readable ones where a person looks at a terminal. */
export function pinoLog(options: { level: LevelWithSilent; readable: boolean }): Log {
  const destination = options.readable
    ? PinoPretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', singleLine: true })
    : undefined;
  const settings = { level: options.level, timestamp: stdTimeFunctions.isoTime };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}
