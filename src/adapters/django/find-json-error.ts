/** The position of a JSON syntax error. */
export interface JsonError {
  /** The index of the first invalid character, or the length of the text if it ends too early. */
  at: number;
  isEnd: boolean;
}

const literal = /(?:true|false|null)(?![A-Za-z0-9_])/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Some characters of a string, or one escape. An expression for a whole string would exceed the stack if that is long. */
const stringPart = /[^"\\\u0000-\u001f]{1,4096}|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
/** An incomplete number or literal at the end of the text. */
const partial = /(?:-|-?\d[\d.eE+-]*|t(?:r(?:ue?)?)?|f(?:a(?:l(?:se?)?)?)?|n(?:u(?:ll?)?)?)$/y;
const space = /[ \t\r\n]{1,4096}/y;

/**
 * Finds the syntax error in a text that `JSON.parse` has rejected. The messages of JavaScript engines differ, and some have
 * no position. Uses no recursion, so that any nesting depth is supported.
 *
 * @param text A text that is not JSON.
 */
export function findJsonError(text: string): JsonError {
  const open: ('[' | '{')[] = [];
  let at = 0;
  let expects: 'value' | 'value or ]' | 'name' | 'name or }' | ':' | 'next' | 'end' = 'value';
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  /** Goes to the end of the string that begins here; returns whether it has one. */
  const endsString = () => {
    at += 1;
    while (match(stringPart) !== null);
    if (text[at] !== '"') return false;
    at += 1;
    return true;
  };
  const afterValue = () => (open.length === 0 ? 'end' : 'next');
  const error = (): JsonError => ({ at, isEnd: at >= text.length });
  for (;;) {
    while (match(space) !== null);
    const char = text[at];
    if (char === undefined) return error();
    if (expects === 'end') return error();
    if (expects === 'value' || expects === 'value or ]') {
      if (char === '[' || char === '{') {
        open.push(char);
        at += 1;
        expects = char === '[' ? 'value or ]' : 'name or }';
      } else if (char === ']' && expects === 'value or ]') {
        open.pop();
        at += 1;
        expects = afterValue();
      } else if (char === '"') {
        if (!endsString()) return error();
        expects = afterValue();
      } else {
        const start = at;
        if (match(literal) === null && match(number) === null) {
          if (match(partial) !== null) return { at: text.length, isEnd: true };
          return { at: start, isEnd: false };
        }
        expects = afterValue();
      }
    } else if (expects === 'name' || expects === 'name or }') {
      if (char === '}' && expects === 'name or }') {
        open.pop();
        at += 1;
        expects = afterValue();
      } else {
        if (char !== '"' || !endsString()) return error();
        expects = ':';
      }
    } else if (expects === ':') {
      if (char !== ':') return error();
      at += 1;
      expects = 'value';
    } else {
      const within = open.at(-1);
      if (char === ',') expects = within === '[' ? 'value' : 'name';
      else if (char === (within === '[' ? ']' : '}')) {
        open.pop();
        expects = afterValue();
      } else return error();
      at += 1;
    }
  }
}
