import type {
  SourceAccount,
  SourceAuthToken,
  SourceChat,
  SourceRecord,
} from '../../domain/import/account-source.js';
import { fieldOf, dateOf, printable, wholeNumberOf, type Dump, type DumpedObject } from './dump.js';
import { secretOf, type Layout } from './detect-layout.js';

/** The objects of one model, by user. */
interface ObjectsByUser {
  of(user: DumpedObject): readonly DumpedObject[];
  orphans: readonly DumpedObject[];
}

/** Yields the accounts of a dump in their order, and then the objects without an account. */
export function* sourceRecords(dump: Dump, layout: Layout): Iterable<SourceRecord> {
  const users = new Set(layout.user.objects.flatMap(keysOf));
  const chats = groupByUser(layout.chat?.objects ?? [], layout.chat?.fields.user ?? null, users);
  const authTokens = groupByUser(
    layout.authToken?.objects ?? [],
    layout.authToken?.fields.user ?? null,
    users,
  );
  for (const user of layout.user.objects) {
    yield sourceRecord(layout, { user, chats: chats.of(user), authTokens: authTokens.of(user) });
  }
  for (const chat of chats.orphans) yield orphanRecord(`${chat.model} ${printable(chat.pk)}`);
  // Without the primary key, which is the secret of an auth token.
  for (const authToken of authTokens.orphans) yield orphanRecord(`one of ${authToken.model}`);
  for (const number of dump.malformed) {
    const reasons = ['it is not an object with a model and fields'];
    yield { outcome: 'unreadable', identity: null, label: `object ${number} of the dump`, reasons };
  }
}

function orphanRecord(label: string): SourceRecord {
  return { outcome: 'unreadable', identity: null, label, reasons: ['its user is not in the dump'] };
}

/** The possible values of a foreign key to a user: the primary key, or as a natural key the username or email. */
function keysOf({ pk, fields }: DumpedObject): string[] {
  return [...(pk === undefined ? [] : [JSON.stringify(pk)]), JSON.stringify([nameOf(fields)])];
}

/** The username of an account, or its email if it has none. */
function nameOf(fields: DumpedObject['fields']): unknown {
  return (fields['username'] ?? '') === '' ? (fields['email'] ?? fields['username']) : fields['username'];
}

function groupByUser(
  objects: readonly DumpedObject[],
  userField: string | null,
  users: ReadonlySet<string>,
): ObjectsByUser {
  const byUser = new Map<string, DumpedObject[]>();
  const orphans: DumpedObject[] = [];
  for (const object of objects) {
    const key = JSON.stringify(fieldOf(object, userField)) as string | undefined;
    if (key === undefined || !users.has(key)) orphans.push(object);
    else if (!byUser.get(key)?.push(object)) byUser.set(key, [object]);
  }
  return { of: (user) => keysOf(user).flatMap((key) => byUser.get(key) ?? []), orphans };
}

function sourceRecord(
  layout: Layout,
  {
    user,
    chats,
    authTokens,
  }: Record<'chats' | 'authTokens', readonly DumpedObject[]> & { user: DumpedObject },
): SourceRecord {
  const label = `${user.model} ${printable(user.pk ?? null)} ${printable(nameOf(user.fields))}`;
  const identity = identityOf(user);
  const reader = fieldReader(user, 'its');
  const account: SourceAccount = {
    identity,
    label,
    username: usernameOf(user, reader),
    email: reader.optionalText('email'),
    passwordHash: reader.text('password'),
    role: reader.flag('is_superuser', false) ? 'admin' : 'user',
    status: reader.flag('is_active', true) ? 'active' : 'disabled',
    createdAt: reader.optionalMoment('date_joined'),
    balance: reader.whole(layout.user.balance),
    chats: chats.map((chat) => sourceChat(layout, chat, reader.errors)),
    authTokens: authTokens.map((authToken) => sourceAuthToken(authToken, reader.errors)),
  };
  return reader.errors.length === 0
    ? { outcome: 'read', account }
    : { outcome: 'unreadable', identity, label, reasons: reader.errors };
}

/** Null if the account has only an email, or the username is the email. */
function usernameOf({ fields }: DumpedObject, reader: ReturnType<typeof fieldReader>): string | null {
  const { username, email } = fields;
  const hasEmail = typeof email === 'string' && email !== '';
  if (hasEmail && (username === undefined || username === null || username === '')) return null;
  if (hasEmail && typeof username === 'string' && username.toLowerCase() === email.toLowerCase()) return null;
  return reader.text('username');
}

/**
 * Identifies an account across imports. It contains `date_joined`, because two projects can have the same labels and
 * primary keys, and not the username, because that can change.
 */
function identityOf({ model, pk, fields }: DumpedObject): string {
  return JSON.stringify(['django', model, pk ?? null, fields['date_joined'] ?? [nameOf(fields)]]);
}

function sourceChat(layout: Layout, chat: DumpedObject, errors: string[]): SourceChat {
  const label = `${chat.model} ${printable(chat.pk)}`;
  const reader = fieldReader(chat, `${label}: its`, errors);
  const fields = layout.chat?.fields;
  return {
    label,
    message: reader.text(fields?.message ?? ''),
    reply: reader.optionalText(fields?.response ?? '', { keepEmpty: true }),
    createdAt: reader.moment(fields?.time ?? ''),
  };
}

function sourceAuthToken(authToken: DumpedObject, errors: string[]): SourceAuthToken {
  const secret = secretOf(authToken);
  if (secret === null) errors.push('its auth token is not a string');
  const reader = fieldReader(authToken, 'the auth token, its', errors);
  return { secret: secret ?? '', createdAt: reader.optionalMoment('created') };
}

/** Reads fields of one object. For a value of another type, adds an error and returns a substitute. */
function fieldReader(object: DumpedObject, whose: string, errors: string[] = []) {
  const read = <Value>(name: string, what: string, value: Value | null, substitute: Value): Value => {
    if (value === null) errors.push(`${whose} ${name} is not ${what}`);
    return value ?? substitute;
  };
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
  const isAbsent = (name: string) => (fieldOf(object, name) ?? null) === null;
  const moment = (name: string) =>
    read(name, 'a date with a time', dateOf(fieldOf(object, name)), new Date(0));
  const text = (name: string) => read(name, 'a string', textOf(fieldOf(object, name)), '');
  return {
    errors,
    text,
    moment,
    optionalText: (name: string, { keepEmpty = false } = {}) => {
      if (isAbsent(name) || (!keepEmpty && fieldOf(object, name) === '')) return null;
      return text(name);
    },
    optionalMoment: (name: string) => (isAbsent(name) ? null : moment(name)),
    flag: (name: string, absent: boolean) => {
      const value = fieldOf(object, name);
      return value === undefined
        ? absent
        : read(name, 'true or false', typeof value === 'boolean' ? value : null, absent);
    },
    whole: (name: string) => {
      const value = fieldOf(object, name);
      const what = typeof value === 'string' ? `a whole number: ${printable(value)}` : 'a whole number';
      return read(name, what, wholeNumberOf(value), 0);
    },
  };
}
