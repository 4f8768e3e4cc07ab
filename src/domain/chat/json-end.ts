/** Finds where a JSON object that arrives in parts ends, without parsing it. */
export interface JsonEnd {
  /** Whether the object has ended. */
  readonly isWhole: boolean;
  /** Returns how many characters of the next part belong to the object; all of them if it does not end there. */
  feed(part: string): number;
}

/** Starts at the first character of an object. */
export function jsonEnd(): JsonEnd {
  let depth = 0;
  let isText = false;
  let isEscaped = false;
  let isWhole = false;
  return {
    get isWhole() {
      return isWhole;
    },
    feed(part) {
      for (let at = 0; at < part.length; at += 1) {
        if (isWhole) return at;
        const character = part.charAt(at);
        if (isEscaped) isEscaped = false;
        else if (isText) {
          if (character === '\\') isEscaped = true;
          else if (character === '"') isText = false;
        } else if (character === '"') isText = true;
        else if (character === '{' || character === '[') depth += 1;
        else if (character === '}' || character === ']') {
          depth -= 1;
          isWhole = depth === 0;
        }
      }
      return part.length;
    },
  };
}
