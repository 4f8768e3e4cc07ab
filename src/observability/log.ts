import { destination, pino, stdTimeFunctions, type DestinationStream, type LevelWithSilent } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Log } from '../ports/log.js';

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

/** Our own secrets by their form, and auth tokens imported from the Django project. */
const ourSecrets = /\bmc[a-z]_[\w-]{43,}|\b[0-9a-f]{40}\b/g;
/** Credentials in a header or a URL. */
const credentials = /\b(Bearer|Basic|Token) +[\w.~+/=-]{16,}|(:\/\/[^\s/:@"]*):[^\s/@"]+@/gi;

/** Returns a function that removes secrets from a line of the log: an error of a library may contain one. */
function redaction(secrets: readonly string[]): (line: string) => string {
  // As JSON escapes them.
  const known = secrets
    .filter((secret) => secret !== '')
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  return (line) => {
    const withoutPatterns = line
      .replace(ourSecrets, '[redacted]')
      .replace(credentials, (_, scheme?: string, user?: string) =>
        scheme === undefined ? `${user ?? ''}:[redacted]@` : `${scheme} [redacted]`,
      );
    return known.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), withoutPatterns);
  };
}
