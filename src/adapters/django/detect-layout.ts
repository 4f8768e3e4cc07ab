import type { Dump, DumpedObject } from './dump.js';

/** Options that name models and fields of a dump. */
export interface LayoutOptions {
  'user-model'?: string | undefined;
  'balance-field'?: string | undefined;
  'chat-model'?: string | undefined;
  'message-field'?: string | undefined;
  'response-field'?: string | undefined;
  'time-field'?: string | undefined;
  'token-model'?: string | undefined;
  /** The foreign key to the user, of chats and of auth tokens. */
  'user-field'?: string | undefined;
}

/** The models and fields of a dump that are imported. */
export interface Layout {
  user: { label: string; objects: readonly DumpedObject[]; balance: string };
  /** Null if there are no chats, or they are not imported. */
  chat: {
    label: string;
    objects: readonly DumpedObject[];
    fields: { user: string; message: string; response: string; time: string };
  } | null;
  authToken: { label: string; objects: readonly DumpedObject[]; fields: { user: string } } | null;
}

/** Thrown if a model or field cannot be detected. The message names the option to set. */
export class AmbiguousLayout extends Error {
  override readonly name = 'UnclearLayout';
}

/** Returns whether a caught value is an `UnclearLayout`. */
export function isAmbiguousLayout(error: unknown): error is AmbiguousLayout {
  return error instanceof Error && error.name === 'UnclearLayout';
}

const balanceNames = [
  ...['tokens', 'token_balance', 'tokens_balance', 'tokens_left', 'tokens_remaining', 'remaining_tokens'],
  ...['available_tokens', 'balance', 'credits', 'credit_balance', 'credits_left', 'remaining_credits'],
];
const userNames = ['user', 'owner', 'author', 'sender', 'account'];
const messageNames = ['message', 'prompt', 'question'];
// Field names of other projects.
const responseNames = ['response', 'reply', 'answer'];
const timeNames = ['timestamp', 'created_at', 'created', 'sent_at', 'date', 'datetime', 'time'];

/** The value of an option for a model that is not imported. */
const none = 'none';

/** Detects the models by their fields, unless options name them. Throws `AmbiguousLayout`. */
export function detectLayout(dump: Dump, options: LayoutOptions): Layout {
  const hasPassword = (name: string) => (objects: readonly DumpedObject[]) =>
    hasField(objects, name) && hasField(objects, 'password');
  const user =
    findModel(dump, 'user-model', options['user-model'], hasPassword('username')) ??
    // For projects in which users sign in by email.
    findModel(dump, 'user-model', undefined, hasPassword('email'));
  if (user === null) {
    throw new AmbiguousLayout(
      'No model has the fields username and password, or email and password. Set --user-model.',
    );
  }
  const others = { models: new Map([...dump.models].filter(([label]) => label !== user.label)) };
  const foreignKeys = [...userNames, user.label.slice(user.label.lastIndexOf('.') + 1)];
  return {
    user: { ...user, balance: balanceField(user, options['balance-field']) },
    chat: detectChats(others, options, foreignKeys),
    authToken: detectAuthTokens(others, options, foreignKeys),
  };
}

type Models = Pick<Dump, 'models'>;
interface Model {
  label: string;
  objects: readonly DumpedObject[];
}

function hasField(objects: readonly DumpedObject[], name: string): boolean {
  return objects.some(({ fields }) => Object.hasOwn(fields, name));
}

function findModel(
  { models }: Models,
  option: keyof LayoutOptions,
  named: string | undefined,
  matches: (objects: readonly DumpedObject[]) => boolean,
): Model | null {
  if (named !== undefined) {
    const objects = models.get(named);
    if (objects === undefined)
      throw new AmbiguousLayout(
        `The dump does not contain the model ${named} of --${option}, or it is the model of the users.`,
      );
    return { label: named, objects };
  }
  const found = [...models].filter(([, objects]) => matches(objects));
  if (found.length > 1) {
    const labels = found.map(([label]) => label).join(', ');
    throw new AmbiguousLayout(`Several models match: ${labels}. Set --${option}.`);
  }
  const [only] = found;
  return only === undefined ? null : { label: only[0], objects: only[1] };
}

function balanceField({ label, objects }: Model, named: string | undefined): string {
  if (named !== undefined) {
    if (!hasField(objects, named))
      throw new AmbiguousLayout(`${label} does not have the field ${named} of --balance-field.`);
    return named;
  }
  const found = balanceNames.filter((name) => hasField(objects, name));
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  throw new AmbiguousLayout(
    found.length > 1
      ? `${label} has several fields that may be the balance: ${found.join(', ')}. Set --balance-field.`
      : `No field of ${label} was recognised as the balance. Set --balance-field.`,
  );
}

function detectChats(models: Models, options: LayoutOptions, foreignKeys: readonly string[]): Layout['chat'] {
  if (options['chat-model'] === none) return null;
  const fieldOf = (objects: readonly DumpedObject[], option: keyof LayoutOptions, names: readonly string[]) =>
    (options[option] === undefined ? names : [options[option]]).find((name) => hasField(objects, name));
  const isChatModel = (objects: readonly DumpedObject[]) =>
    fieldOf(objects, 'message-field', messageNames) !== undefined &&
    fieldOf(objects, 'response-field', responseNames) !== undefined;
  const chat = findModel(models, 'chat-model', options['chat-model'], isChatModel);
  if (chat === null) return null;
  const field = (option: keyof LayoutOptions, names: readonly string[], what: string): string => {
    const found = fieldOf(chat.objects, option, names);
    if (found === undefined)
      throw new AmbiguousLayout(`No field of ${chat.label} was recognised as ${what}. Set --${option}.`);
    return found;
  };
  return {
    ...chat,
    fields: {
      user: field('user-field', foreignKeys, 'the user'),
      message: field('message-field', messageNames, 'the message'),
      response: field('response-field', responseNames, 'the response'),
      time: field('time-field', timeNames, 'the time'),
    },
  };
}

function detectAuthTokens(
  models: Models,
  options: LayoutOptions,
  foreignKeys: readonly string[],
): Layout['authToken'] {
  if (options['token-model'] === none) return null;
  const userField = (objects: readonly DumpedObject[]) =>
    [...(options['user-field'] === undefined ? [] : [options['user-field']]), ...foreignKeys].find((name) =>
      hasField(objects, name),
    );
  const isAuthTokenModel = (objects: readonly DumpedObject[]) =>
    userField(objects) !== undefined &&
    objects.some((object) => /^[0-9a-f]{40}$/.test(secretOf(object) ?? ''));
  const authToken = findModel(models, 'token-model', options['token-model'], isAuthTokenModel);
  if (authToken === null) return null;
  const user = userField(authToken.objects);
  if (user === undefined) {
    throw new AmbiguousLayout(`No field of ${authToken.label} was recognised as the user. Set --user-field.`);
  }
  return { ...authToken, fields: { user } };
}

/** The secret of an auth token, which is the primary key in REST framework's model, otherwise the field `key`. */
export function secretOf({ pk, fields }: DumpedObject): string | null {
  const secret = typeof pk === 'string' ? pk : fields['key'];
  return typeof secret === 'string' ? secret : null;
}
