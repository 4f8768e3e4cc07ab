/**
 * True of what Django REST Framework's auth tokens look like: 160 bits in hexadecimal, without a user in them. Such
 * a secret is looked up by its digest alone, and only ever as an access token.
 */
export function isImportedAuthToken(secret: string): boolean {
  return /^[0-9a-f]{40}$/.test(secret);
}
