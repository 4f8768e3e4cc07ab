import { registerCatalogue, type Language } from './language.js';
import { messageParts, type Catalogue, type Message, type Translation, type ValuesOf } from './message.js';

/** Loads a catalogue in the other languages. */
type Translations<English extends Catalogue> = Record<
  Exclude<Language, 'en'>,
  () => Promise<Translation<English>>
>;

/** Returns functions that read a catalogue in the current language. Other languages are loaded when they are chosen. */
export function createTexts<const English extends Catalogue>(
  english: English,
  translations: Translations<English>,
) {
  let current: Catalogue = english;
  const ready = registerCatalogue(async (language) => {
    const loaded = language === 'en' ? english : await translations[language]();
    return () => {
      current = loaded;
    };
  });
  const messageOf = (key: string): Message => current[key] ?? key;
  return {
    /** Resolves when the texts are in the current language. */
    ready,
    /** Returns a message whose values are inserted elsewhere. */
    message: (key: keyof English & string): Message => messageOf(key),
    /** Returns a text. Numbers among its values are written in the language. */
    text: <Key extends keyof English & string>(
      key: Key,
      ...[values]: ValuesOf<English[Key], string | number>
    ): string => messageParts(messageOf(key), values).join(''),
    /** Returns the parts of a text whose values are elements of the page. */
    textParts: <Key extends keyof English & string, Value>(
      key: Key,
      ...[values]: ValuesOf<English[Key], Value | string | number>
    ): (Value | string | number)[] => messageParts<Value | string | number>(messageOf(key), values),
  };
}
