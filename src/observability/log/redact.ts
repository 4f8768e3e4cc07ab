/** What our own secrets look like, and those that were brought from the original. */
const ourSecrets = /\bmc[a-z]_[\w-]{43,}|\b[0-9a-f]{40}\b/g;
/** What follows these in a header or a URL proves who somebody is. */
const credentials = /\b(Bearer|Basic|Token) +[\w.~+/=-]{16,}|(:\/\/[^\s/:@"]*):[^\s/@"]+@/gi;

/** Blots out, in a line that is about to be written, what may have come into it by an error of somebody else's. */
export function redaction(secrets: readonly string[]): (line: string) => string {
  // As they stand within JSON.
  const known = secrets
    .filter((secret) => secret !== '')
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  return (line) => {
    const patterned = line
      .replace(ourSecrets, '[redacted]')
      .replace(credentials, (_, scheme?: string, user?: string) =>
        scheme === undefined ? `${user ?? ''}:[redacted]@` : `${scheme} [redacted]`,
      );
    return known.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), patterned);
  };
}
