import { destination, pino, stdTimeFunctions, type DestinationStream, type LevelWithSilent } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Log } from '../../ports/log.js';
import { redaction } from './redact.js';

/** How long a line may wait for others to be written with; a killed process loses no more than that. */
const flushIntervalMs = 250;
/** Where lines come fast, so many bytes are written at once. */
const bytesAtOnce = 8192;

export interface PinoLogOptions {
  level: LevelWithSilent;
  /** For a person at a terminal, in place of JSON. */
  readable: boolean;
  /** What is in no line, whoever may have written it into an error. */
  secrets?: readonly string[];
  /** Where the lines go; without it, to standard output. */
  output?: DestinationStream;
}

/** Lines of JSON on standard output, or readable ones where a person looks at a terminal. */
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
    : destination({ fd: 1, sync: false, minLength: bytesAtOnce, periodicFlush: flushIntervalMs });
}
