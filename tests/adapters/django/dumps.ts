import { pbkdf2Sync } from 'node:crypto';

/** The fields of an object in a dump. */
export type Fields = Record<string, unknown>;

/** A password in the encoding of Django's PBKDF2 hasher, with few iterations. */
export function pbkdf2Hash(password: string, { iterations = 1000, salt = 'Na4Cl' } = {}): string {
  const key = pbkdf2Sync(password, salt, iterations, 32, 'sha256').toString('base64');
  return `pbkdf2_sha256$${iterations}$${salt}$${key}`;
}

export const oldPassword = 'an old one';
const oldHash = pbkdf2Hash(oldPassword);

/** A user as in a dump of the original application. `fields` are merged. */
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

/** A chat as in a dump of the original application. */
export function dumpedChat(pk: unknown, user: unknown, fields: Fields = {}) {
  const timestamp = '2024-02-04T00:00:00Z';
  return {
    model: 'chatapp.chat',
    pk,
    fields: { user, message: `Message ${String(pk)}`, response: `Reply ${String(pk)}`, timestamp, ...fields },
  };
}

/** An auth token as in a dump of REST framework's model. */
export function dumpedAuthToken(secret: unknown, user: unknown, fields: Fields = {}) {
  return {
    model: 'authtoken.token',
    pk: secret,
    fields: { user, created: '2024-02-03T05:00:00Z', ...fields },
  };
}

/** The file of a dump. */
export function dumpOf(...objects: unknown[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(objects));
}
