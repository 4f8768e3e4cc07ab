import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** Returns the text of a file, or why it cannot be read. */
export function readText(path: string): { text: string } | { problem: string } {
  try {
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { problem: `cannot be read (${code})` };
  }
}

/** Undefined for a text that is not JSON: no JSON parses to undefined. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Returns what is wrong with a value of a file, with its place, without the value. */
export function problemOf(issue: v.BaseIssue<unknown>): string {
  const path = issue.path
    ?.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('');
  if (path === undefined) return issue.input === undefined ? 'is not valid JSON' : 'must be a JSON object';
  return `${path.slice(1)} ${reasonOf(issue)}`;
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.type !== 'strict_object') return issue.message;
  if (issue.expected === 'never') return 'is not a known key';
  return issue.received === 'undefined' ? 'is missing' : 'must be an object';
}

/** A whole number of a JSON file. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message));
}
