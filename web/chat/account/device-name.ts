import { text } from '../texts/texts.js';

// The order matters: the user agent of Edge also contains the names of Chrome and Safari, and so on.
const browsers = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'] as const;
const browserNames = { Edg: 'Edge', OPR: 'Opera', Firefox: 'Firefox', Chrome: 'Chrome', Safari: 'Safari' };
const systems = ['iPhone', 'iPad', 'Android', 'Windows', 'Mac OS X', 'CrOS', 'Linux'] as const;

/** Returns a readable name for a user agent, such as `Firefox on Linux`. */
export function deviceName(userAgent: string | null): string {
  if (userAgent === null || userAgent === '') return text('sessions.unknown');
  const browser = browsers.find((name) => userAgent.includes(`${name}/`));
  const system = systems.find((name) => userAgent.includes(name))?.replace('Mac OS X', 'Mac');
  if (browser === undefined) return userAgent.slice(0, 60);
  return system === undefined
    ? browserNames[browser]
    : text('sessions.device', { browser: browserNames[browser], system });
}
