import { parse } from 'pg-connection-string';

const example = 'must be a URL such as postgresql://user:password@localhost:5432/database';

const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'];

/**
 * Validates the URL of a PostgreSQL. Returns what is wrong, or null if it is valid. The format is that of libpq, as pg
 * supports it; for a socket, the host is empty and `?host=/directory/of/the/socket` is set. Reads the certificate files
 * that the URL refers to.
 */
export function validateConnectionUrl(text: string): string | null {
  if (!/^postgres(ql)?:\/\/\S+$/.test(text) || !isDecodable(text)) return example;
  if (text.includes('#')) return 'contains "#": write it as %23 in a user name or password';
  const [authority = '', ...rest] = text.slice(text.indexOf('//') + 2).split(/(?=[/?])/);
  const query = new URLSearchParams(rest.join('').split('?').slice(1).join('?'));
  if ([...query.keys()].some((name) => name.includes('@'))) {
    return 'contains "?" in the user name or password: write it as %3F';
  }
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (`${host}${query.get('host') ?? ''}`.includes(',')) {
    return 'has several hosts, but one is supported: use the primary server, or a pooler in front of the servers';
  }
  const sslMode = query.get('sslmode');
  if (sslMode !== null && !sslModes.includes(sslMode))
    return `has an unknown sslmode: use one of ${sslModes.join(', ')}`;
  return validateParts(text);
}

function validateParts(text: string): string | null {
  try {
    const { port } = parse(text);
    const isPort = port === undefined || port === null || port === '' || /^[1-9]\d{0,4}$/.test(port);
    return isPort && Number(port ?? 0) <= 65_535 ? null : 'has an invalid port: use a number from 1 to 65535';
  } catch (error) {
    const path = error instanceof Error && 'path' in error ? String(error.path) : null;
    return path === null ? example : `refers to the file ${path}, which cannot be read`;
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
