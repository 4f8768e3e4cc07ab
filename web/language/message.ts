import { currentLocale } from './language.js';

/** A text in which `{name}` is replaced by a value; or one for each plural form of the value `count`. */
export type Message = string | PluralMessage;

export interface PluralMessage {
  readonly one: string;
  readonly other: string;
}

/** Messages by their keys, such as `account.title`. */
export type Catalogue = Readonly<Record<string, Message>>;

/** The same messages in another language. */
export type Translation<Of extends Catalogue> = {
  readonly [Key in keyof Of]: Of[Key] extends string ? string : PluralMessage;
};

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The names of the values of a message. */
type NamesOf<Of extends Message> = Of extends string
  ? NamesIn<Of>
  : Of extends PluralMessage
    ? NamesIn<Of['one' | 'other']> | 'count'
    : never;

/** The arguments after the key of a message: its values, if it has any. */
export type ValuesOf<Of extends Message, Value> = [NamesOf<Of>] extends [never]
  ? []
  : [
      values: {
        [Name in NamesOf<Of>]: Of extends PluralMessage ? (Name extends 'count' ? number : Value) : Value;
      },
    ];

const placeholder = /\{(\w+)\}/;

/** Returns the parts of a message: its texts, and its values between them. Numbers are written in the language. */
export function messageParts<Value>(
  message: Message,
  values: Readonly<Record<string, Value>> = {},
): (Value | string)[] {
  const text = typeof message === 'string' ? message : pluralForm(message, values['count']);
  return text.split(placeholder).flatMap((part, position): (Value | string)[] => {
    if (position % 2 === 0) return part === '' ? [] : [part];
    const value = values[part];
    if (value === undefined) return [`{${part}}`];
    return [typeof value === 'number' ? numberFormat().format(value) : value];
  });
}

function pluralForm(message: PluralMessage, count: unknown): string {
  return new Intl.PluralRules(currentLocale()).select(Number(count)) === 'one' ? message.one : message.other;
}

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Returns the format of numbers of the current language; made once for each language and options. */
export function numberFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return formatOf(Intl.NumberFormat, options);
}

/** Returns the format of dates of the current language; made once for each language and options. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return formatOf(Intl.DateTimeFormat, options);
}

function formatOf<Format extends Intl.NumberFormat | Intl.DateTimeFormat, Options>(
  Kind: new (locale: string, options: Options) => Format,
  options: Options,
): Format {
  const locale = currentLocale();
  const key = `${Kind.name} ${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known instanceof Kind) return known;
  const made = new Kind(locale, options);
  formats.set(key, made);
  return made;
}
