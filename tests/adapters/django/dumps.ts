import { pbkdf2Sync } from 'node:crypto';

/** The fields of an object in a dump. */
export type Fields = Record<string, unknown>;

/** A password as Django's PBKDF2 hasher encodes it, with little work. */
export function pbkdf2Hash(password: string, { iterations = 1000, salt = 'Na4Cl' } = {}): string {
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256').toString('base64');
  return `pbkdf2_sha256$${iterations}$${salt}$${key}`;
}

export const oldPassword = 'an old one';
const oldHash = pbkdf2Hash(oldPassword);

/** A user as the original dumps it; `fields` replace or add. */
export function dumpedUser(pk: unknown, username: string, fields: Fields = {}) {
  return {
    model: 'chatapp.user',
    pk,
    fields: {
      password: oldHash,
      last_login: null,
      is_superuser: false,
      username,
      email: '',
      is_staff: false,
      is_active: true,
      date_joined: '2024-02-03T04:05:06.789Z',
      tokens: 3800,
      groups: [],
      ...fields,
    },
  };
}

/** A chat as the original dumps it. */
export function dumpedChat(pk: unknown, user: unknown, fields: Fields = {}) {
  const timestamp = '2024-02-04T00:00:00Z';
  return {
    model: 'chatapp.chat',
    pk,
    fields: { user, message: `Message ${String(pk)}`, response: `Reply ${String(pk)}`, timestamp, ...fields },
  };
}

/** An auth token as REST framework's own model is dumped. */
export function dumpedAuthToken(secret: unknown, user: unknown, fields: Fields = {}) {
  return {
    model: 'authtoken.token',
    pk: secret,
    fields: { user, created: '2024-02-03T05:00:00Z', ...fields },
  };
}

/** The file that `dumpdata` would write. */
export function dumpOf(...objects: unknown[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(objects));
}
