const fenceLine = /^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(`{3,}|~{3,})(.*)$/;
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const definition = /^ {0,3}\[[^\]]+\]:/;

/**
 * Splits Markdown into blocks that can be parsed one by one, so that a reply that grows is not parsed again from its
 * beginning with each chunk. Where the meaning of a block may depend on the text before it, nothing is split. Notes are the
 * exception: while the reply grows they are text, because all of it would be parsed again with each chunk.
 */
export function splitBlocks(text: string, isGrowing = false): readonly string[] {
  const blocks: string[][] = [[]];
  const definitions: string[] = [];
  let fence: string | null = null;
  let openDetails = 0;
  let isAfterBlank = false;
  let hasList = false;
  for (const line of text.split('\n')) {
    const isBlank = line.trim() === '';
    if (isAfterBlank && !isBlank && fence === null && openDetails <= 0) {
      const continues = /^[ \t]/.test(line) || (hasList && listItem.test(line));
      if (!continues) {
        blocks.push([]);
        hasList = false;
        openDetails = 0;
      }
    }
    blocks.at(-1)?.push(line);
    isAfterBlank = isBlank;
    if (fence !== null) {
      if (closes(line, fence)) fence = null;
      continue;
    }
    const [, opened, info = ''] = fenceLine.exec(line) ?? [];
    if (opened !== undefined && !(opened.startsWith('`') && info.includes('`'))) fence = opened;
    else {
      // Notes are numbered and gathered for the whole text.
      if (definition.test(line)) {
        if (!/^ {0,3}\[\^/.test(line)) definitions.push(line);
        else if (!isGrowing) return [text];
      }
      openDetails += count(line, /<details\b/gi) - count(line, /<\/details\s*>/gi);
    }
    if (listItem.test(line)) hasList = true;
  }
  const addresses = definitions.length === 0 ? '' : `\n\n${definitions.join('\n')}`;
  return blocks
    .map((lines) => lines.join('\n'))
    .filter((block) => block.trim() !== '')
    .map((block) => (block.includes('[') ? block + addresses : block));
}

function closes(line: string, fence: string): boolean {
  const marks = line.replace(/^[ \t>]+/, '').trimEnd();
  return marks.length >= fence.length && marks === (fence[0] ?? '').repeat(marks.length);
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
