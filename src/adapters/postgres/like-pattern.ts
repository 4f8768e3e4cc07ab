/** Matches what holds `text` anywhere, each of its characters standing for itself. */
export function containsPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
