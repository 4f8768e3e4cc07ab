import * as v from 'valibot';

/** One setting: how its text is parsed, its default, and what it does. */
export interface Setting<Value> {
  /** Parses a text; an empty one gives the default. Throws a ValiError, which does not repeat the text. */
  read: (text: string) => Value;
  /** The default as text; null if the setting is absent by default. */
  defaultText: string | null;
  /** One line for `--help` and `.env.example`. */
  help: string;
  /** A former name that still works, or null. */
  oldName: string | null;
  /** True if the value must not be printed; it may then be read from the file that `NAME_FILE` names. */
  isSecret: boolean;
}

type Schema<Value> = v.GenericSchema<string, Value>;

/** Declares a setting that has a default. */
export function setting<Value>(
  schema: Schema<Value>,
  { default: defaultText, help, oldName }: { default: string; help: string; oldName?: string },
): Setting<Value> {
  const read = (text: string) => v.parse(schema, text === '' ? defaultText : text);
  return { read, defaultText, help, oldName: oldName ?? null, isSecret: false };
}

/** Declares a setting that is null if it is absent. */
export function optionalSetting<Value>(
  schema: Schema<Value>,
  { help }: { help: string },
): Setting<Value | null> {
  const read = (text: string) => (text === '' ? null : v.parse(schema, text));
  return { read, defaultText: null, help, oldName: null, isSecret: false };
}

/** Declares a secret, which is null if it is absent. */
export function secretSetting<Value>(schema: Schema<Value>, help: { help: string }): Setting<Value | null> {
  return { ...optionalSetting(schema, help), isSecret: true };
}
