/** Our own secrets by their form, and auth tokens imported from the Django project. */
const ourSecrets = /\bmc[a-z]_[\w-]{43,}|\b[0-9a-f]{40}\b/g;
/** Credentials in a header or a URL. */
const credentials = /\b(Bearer|Basic|Token) +[\w.~+/=-]{16,}|(:\/\/[^\s/:@"]*):[^\s/@"]+@/gi;

/** Returns a function that removes secrets from a line of the log: an error of a library may contain one. */
export function redaction(secrets: readonly string[]): (line: string) => string {
  // As JSON escapes them.
  const known = secrets
    .filter((secret) => secret !== '')
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  return (line) => {
    const withoutPatterns = line
      .replace(ourSecrets, '[redacted]')
      .replace(credentials, (_, scheme?: string, user?: string) =>
        scheme === undefined ? `${user ?? ''}:[redacted]@` : `${scheme} [redacted]`,
      );
    return known.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), withoutPatterns);
  };
}
