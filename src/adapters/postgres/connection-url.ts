import { parse } from 'pg-connection-string';

const example = 'must be a URL such as postgresql://user:password@localhost:5432/database';

const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/**
 * Why a text cannot be the URL of a PostgreSQL, or null if it can. URLs are those of libpq, as pg reads them; the host may
 * be empty, and be given as `?host=/directory/of/the/socket`. Reads the certificate files that the URL names.
 */
export function validateConnectionUrl(text: string): string | null {
  if (!/^postgres(ql)?:\/\/\S+$/.test(text) || !isDecodable(text)) return example;
  if (text.includes('#')) return 'has a "#", which ends a URL: in a user name or password it is written %23';
  const [authority = '', ...rest] = text.slice(text.indexOf('//') + 2).split(/(?=[/?])/);
  const query = new URLSearchParams(rest.join('').split('?').slice(1).join('?'));
  if ([...query.keys()].some((name) => name.includes('@'))) {
    return 'has a "?" in its user name or password: there it is written %3F';
  }
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (`${host}${query.get('host') ?? ''}`.includes(',')) {
    return 'names several hosts, and one is supported: name the one that takes writes, or a pooler in front of them';
  }
  const sslMode = query.get('sslmode');
  if (sslMode !== null && !sslModes.includes(sslMode))
    return `has an sslmode that is none of ${sslModes.join(', ')}`;
  return validateParts(text);
}

function validateParts(text: string): string | null {
  try {
    const { port } = parse(text);
    const isPort = port === undefined || port === null || port === '' || /^[1-9]\d{0,4}$/.test(port);
    return isPort && Number(port ?? 0) <= 65_535 ? null : 'has a port that is no number from 1 to 65535';
  } catch (error) {
    const path = error instanceof Error && 'path' in error ? String(error.path) : null;
    return path === null ? example : `names the file ${path}, which cannot be read`;
  }
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
