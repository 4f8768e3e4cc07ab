import { readSettings, type Settings } from '../../src/config/read-settings.js';

/** Returns the settings of an environment; throws if they are invalid. */
export function valid(environment: Record<string, string>): Settings {
  const read = readSettings(environment);
  if (read.outcome === 'invalid') throw new Error(read.problems.join('\n'));
  return read.settings;
}

/** Returns the problems of an environment; an empty list if it is valid. */
export function problems(environment: Record<string, string>): string[] {
  const read = readSettings(environment);
  return read.outcome === 'invalid' ? read.problems : [];
}
