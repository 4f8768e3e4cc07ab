/**
 * Returns the texts of values in a JSON text as they are written there, by their paths (`messages.0.input`). `JSON.parse` and
 * `JSON.stringify` would change numbers such as 1.0, the order of numeric keys, escapes and white space.
 *
 * @param json Valid JSON. If an object has a name twice, the last one counts, as in `JSON.parse`.
 * @param pattern The names on the way to the values; `*` is every item of a list.
 */
export function rawValues(json: string, pattern: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  visit(json, skipSpace(json, 0), pattern, '', (path, from, to) => found.set(path, json.slice(from, to)));
  return found;
}

type Find = (path: string, from: number, to: number) => void;

/** Visits the value that starts at `from`, and returns where it ends. */
function visit(json: string, from: number, pattern: readonly string[], path: string, find: Find): number {
  const [name, ...rest] = pattern;
  if (name === undefined) {
    const end = skipValue(json, from);
    find(path, from, end);
    return end;
  }
  const opening = json[from];
  if (opening !== (name === '*' ? '[' : '{')) return skipValue(json, from);
  let at = skipSpace(json, from + 1);
  for (let index = 0; json[at] !== ']' && json[at] !== '}' && at < json.length; index += 1) {
    let member = String(index);
    if (opening === '{') {
      const end = skipString(json, at);
      member = JSON.parse(json.slice(at, end)) as string;
      at = skipSpace(json, skipSpace(json, end) + 1);
    }
    const isOnPath = opening === '[' || member === name;
    at = isOnPath
      ? visit(json, at, rest, path === '' ? member : `${path}.${member}`, find)
      : skipValue(json, at);
    at = skipSpace(json, at);
    if (json[at] === ',') at = skipSpace(json, at + 1);
  }
  return at + 1;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at += 1;
  return at;
}

function skipString(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipValue(json: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < json.length) {
    const unit = json[at];
    if (unit === '"') {
      at = skipString(json, at);
      if (depth === 0) return at;
      continue;
    }
    if (depth === 0 && at > from && /[\s,\]}]/.test(unit ?? '')) return at;
    if (unit === '{' || unit === '[') depth += 1;
    else if (unit === '}' || unit === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
    at += 1;
  }
  return at;
}
