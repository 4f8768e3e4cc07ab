import { codePointCount, unstorableReason } from '../text.js';
import type { ChargeDetails, JsonValue } from './hold.js';

/** The longest details, in code points of their JSON. */
export const maxDetailsChars = 4096;
/** How deep details can be nested. */
const maxDepth = 8;

/** Returns the problems of the details of a charge: a small JSON object whose texts can be stored. */
export function validateDetails(details: ChargeDetails | null): string[] {
  if (details === null) return [];
  if (!isPlainObject(details)) return ['Must be a JSON object.'];
  const problem = problemOf(details, maxDepth);
  if (problem !== null) return [problem];
  return codePointCount(JSON.stringify(details)) > maxDetailsChars
    ? [`Must have at most ${maxDetailsChars} characters as JSON.`]
    : [];
}

/** Returns the same text for details that are equal, whatever the order of their fields. */
export function canonicalJson(value: JsonValue | ChargeDetails): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}

function problemOf(value: unknown, depth: number): string | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'string') return problemOfText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'Must contain only finite numbers.';
  if (depth === 0) return `Must be nested at most ${maxDepth} levels deep.`;
  if (Array.isArray(value)) return firstProblem(value, depth);
  if (!isPlainObject(value)) return 'Must contain only values of JSON.';
  return Object.keys(value).map(problemOfText).find(isProblem) ?? firstProblem(Object.values(value), depth);
}

function firstProblem(values: readonly unknown[], depth: number): string | null {
  for (const value of values) {
    const problem = problemOf(value, depth - 1);
    if (problem !== null) return problem;
  }
  return null;
}

function problemOfText(text: string): string | null {
  const unstorable = unstorableReason(text);
  return unstorable === null ? null : `A text of the details ${unstorable}.`;
}

function isProblem(problem: string | null): problem is string {
  return problem !== null;
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
