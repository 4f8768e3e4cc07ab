import { codePointCount, unstorableReason } from '../text.js';

/** The maximum length of an email, in code points (RFC 5321). */
export const maxEmailChars = 254;

const maxLocalPartChars = 64;
const maxDomainChars = 253;

/** A dot-atom of RFC 5322, extended to Unicode: no empty part between dots, and no quoting. */
const localPart = /^[^\s@\p{C}"(),:;<>[\]\\.]+(?:\.[^\s@\p{C}"(),:;<>[\]\\.]+)*$/u;

/** A label of a host name. */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A label that begins or ends with a hyphen, which its ASCII form would hide. */
const hyphenAtEnd = /(?:^|[.。])-|-(?:[.。]|$)/u;

/** A label that URLs parse as the end of an IPv4 address; no top-level domain has this form. */
const numericLabel = /^(?:[0-9]+|0x[0-9a-f]*)$/;

/** The characters of a domain: letters and digits of any script, and joiners between them; of ASCII also dots and hyphens. */
const writtenDomain = /^(?:[A-Za-z0-9.-]|[^\p{ASCII}\s\p{C}]|[\u200C\u200D])+$/u;

/** Returns the problems of an email; it must be an address that mail servers route, of at most 254 characters (RFC 5321). */
export function validateEmail(email: string): string[] {
  return isEmail(email) ? [] : ['Must be an email address.'];
}

function isEmail(email: string): boolean {
  if (email.length > 2 * maxEmailChars || unstorableReason(email) !== null) return false;
  const { local, domain } = partsOf(email);
  const ascii = domain === null ? null : asciiDomain(domain);
  if (domain === null || ascii === null || !localPart.test(local)) return false;
  const length = codePointCount(local);
  const fits = length <= maxLocalPartChars && ascii.length <= maxDomainChars;
  // Both as it was typed and as it is sent to mail servers.
  const isShort = codePointCount(email) <= maxEmailChars && length + 1 + ascii.length <= maxEmailChars;
  return fits && isShort && isHostName(ascii) && !hyphenAtEnd.test(domain.normalize('NFKC'));
}

function isHostName(ascii: string): boolean {
  const labels = ascii.split('.');
  return (
    labels.length >= 2 && labels.every((each) => label.test(each)) && !numericLabel.test(labels.at(-1) ?? '')
  );
}

/**
 * Returns the form of an email that is compared: two emails with the same key are the same email. The local part is in lower
 * case, the domain in ASCII. A text that is not a valid email has a key too, by which it is found if it was stored earlier.
 */
export function emailKey(email: string): string {
  const { local, domain } = partsOf(email);
  if (domain === null) return typedKey(local);
  return `${typedKey(local)}@${asciiDomain(domain) ?? typedKey(domain)}`;
}

/** Returns null for an empty email, which is how forms and command lines leave it out; otherwise the email. */
export function emptyEmailToNull<Email extends string | null | undefined>(email: Email): Email | null {
  return email === '' ? null : email;
}

/** Returns an email, or a part of one, in lower case and otherwise as it was typed. */
export function typedKey(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Returns the address that mail is sent to: the email itself, its domain in ASCII if it was not. */
export function deliveryAddress(email: string): string {
  const { local, domain } = partsOf(email);
  if (domain === null || /^\p{ASCII}*$/u.test(domain)) return email;
  return `${local}@${asciiDomain(domain) ?? domain}`;
}

/**
 * Returns a domain in its ASCII form (UTS 46, non-transitional), or null if it has none. Two spellings of a domain have the
 * same form: `Bücher.example`, `bu\u0308cher.example` and `xn--bcher-kva.example`.
 */
export function asciiDomain(domain: string): string | null {
  if (domain.length > 2 * maxEmailChars || !writtenDomain.test(domain)) return null;
  const lowerCased = domain.toLowerCase();
  if (/^\p{ASCII}*$/u.test(domain) && !/(?:^|\.)xn--/.test(lowerCased)) return lowerCased;
  // `URL` implements UTS 46. The suffix of letters keeps it from parsing a domain as an IPv4 address. Lower case comes first,
  // since the mapping of the capital ẞ has changed between versions of UTS 46.
  const url = `http://${lowerCased}.suffix/`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.suffix$/, '') : null;
}

function partsOf(email: string): { local: string; domain: string | null } {
  const at = email.lastIndexOf('@');
  return at < 0 ? { local: email, domain: null } : { local: email.slice(0, at), domain: email.slice(at + 1) };
}
