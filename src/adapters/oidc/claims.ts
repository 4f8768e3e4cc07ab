import type { ProviderClaims } from '../../ports/identity-provider.js';

/** How many groups of a user are read. */
const maxGroups = 1000;

/** Returns the claims of an ID token and of the user info as the domain has them. A claim of another type counts as absent. */
export function claimsOf(
  claims: Readonly<Record<string, unknown>>,
  {
    issuer,
    groupsClaim,
    signOutHint,
    authTime,
  }: {
    issuer: string;
    groupsClaim: string | null;
    signOutHint: string | null;
    /** The claim `auth_time` of the ID token, in seconds; undefined if there is none. */
    authTime: number | undefined;
  },
): ProviderClaims {
  return {
    issuer,
    subject: textOf(claims['sub']) ?? '',
    email: textOf(claims['email']),
    emailVerified: claims['email_verified'] === true,
    preferredName: textOf(claims['preferred_username']) ?? textOf(claims['name']),
    groups: groupsClaim === null ? [] : groupsOf(valueAt(claims, groupsClaim)),
    signOutHint,
    authenticatedAt: authTime === undefined ? null : new Date(authTime * 1000),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function groupsOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.slice(0, maxGroups).filter((group) => typeof group === 'string');
}

/** Returns a claim by its name, which may be a URL, or else by its path, such as `realm_access.roles`. */
function valueAt(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>(memberOf, claims);
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
