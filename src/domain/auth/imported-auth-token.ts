/**
 * Returns true if a secret has the form of Django REST Framework's auth tokens, which is 160 bits in hexadecimal, without a user id.
 * It is looked up by its digest alone, and only as an access token.
 */
export function isImportedAuthToken(secret: string): boolean {
  return /^[0-9a-f]{40}$/.test(secret);
}
