import { shop } from '../texts/en/shop.js';
import { text } from '../texts/page-texts.js';

type Key = Extract<keyof typeof shop, `problem.${string}` | `fact.${string}`>;

/** Why something that the payment provider reported was applied to nothing. */
export function problemText(reason: string): string {
  return textOr(`problem.${reason}`, reason);
}

/** What the payment provider reported. */
export function factKindText(kind: string): string {
  return textOr(`fact.${kind}`, kind);
}

/** A server that is newer than this page may send names that are unknown here. */
function textOr(key: string, name: string): string {
  return isKey(key) ? text(key) : name;
}

function isKey(key: string): key is Key {
  return Object.hasOwn(shop, key);
}
