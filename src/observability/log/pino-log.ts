import { destination, pino, stdTimeFunctions, type DestinationStream, type LevelWithSilent } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Log } from '../../ports/log.js';
import { redaction } from './redact.js';

/** How long a line may wait to be written; a killed process loses at most the lines of this time. */
const flushIntervalMs = 250;
/** Under load, lines are written together. */
const bytesPerWrite = 8192;

export interface PinoLogOptions {
  level: LevelWithSilent;
  /** Writes lines for people instead of JSON. */
  readable: boolean;
  /** Values that are removed from every line. */
  secrets?: readonly string[];
  /** Standard output by default. */
  output?: DestinationStream;
}

/** Writes lines of JSON, or readable lines, to standard output or `output`. */
export function pinoLog(options: PinoLogOptions): Log {
  const { level, readable, secrets = [] } = options;
  return pino(
    { level, timestamp: stdTimeFunctions.isoTime, hooks: { streamWrite: redaction(secrets) } },
    options.output ?? standardOutput(readable),
  );
}

function standardOutput(readable: boolean): DestinationStream {
  return readable
    ? PinoPretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', singleLine: true })
    : destination({ fd: 1, sync: false, minLength: bytesPerWrite, periodicFlush: flushIntervalMs });
}
