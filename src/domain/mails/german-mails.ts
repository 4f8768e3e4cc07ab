import type { MailTexts, NamedFactor } from './mail-texts.js';

export const germanMails: MailTexts = {
  greeting: (username) => `Guten Tag ${username},`,
  confirmation: (link) => ({
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    paragraphs: [
      'Bitte bestätigen Sie, dass dies Ihre E-Mail-Adresse ist. Öffnen Sie diese Seite und drücken Sie die Schaltfläche:',
      { href: link },
      'Der Link funktioniert einmal, innerhalb von 24 Stunden. Wenn Sie kein Konto mit diesem Namen haben, beachten Sie diese ' +
        'E-Mail nicht: Bestätigt wird erst, wenn Sie die Schaltfläche drücken.',
    ],
  }),
  reset: (link) => ({
    subject: 'Wählen Sie ein neues Passwort',
    paragraphs: [
      'Für Ihr Konto wurde ein neues Passwort angefordert. Um eines zu wählen, öffnen Sie diese Seite:',
      { href: link },
      'Der Link funktioniert einmal, innerhalb einer Stunde. Ein neues Passwort meldet alle Geräte ab und entfernt alle ' +
        'API-Schlüssel: Programme, die einen verwenden, brauchen einen neuen. Wenn Sie das nicht angefordert haben, beachten Sie ' +
        'diese E-Mail nicht: Ihr Passwort bleibt, wie es ist.',
    ],
  }),
  passwordChanged: ({ by, removedKeys }, forgottenLink) => ({
    subject: 'Ihr Passwort wurde geändert',
    paragraphs: [
      {
        owner: 'Das Passwort Ihres Kontos wurde geändert, und alle anderen Geräte wurden abgemeldet.',
        reset:
          'Das Passwort Ihres Kontos wurde über eine E-Mail an diese Adresse zurückgesetzt, und alle Geräte wurden abgemeldet.',
        administrator:
          'Die Verwaltung hat ein neues Passwort für Ihr Konto festgelegt, und alle Geräte wurden abgemeldet.',
      }[by] + (removedKeys === 0 ? '' : ` Entfernte API-Schlüssel: ${removedKeys}.`),
      'Wenn Sie das nicht erwartet haben, wählen Sie hier ein neues Passwort:',
      { href: forgottenLink },
    ],
  }),
  newKey: ({ name, lastCharacters }, accountLink) => ({
    subject: 'Ein neuer API-Schlüssel für Ihr Konto',
    paragraphs: [
      `Für Ihr Konto wurde ein API-Schlüssel angelegt: „${name}“, der auf ${lastCharacters} endet. ` +
        'Ein Programm, das ihn hat, kann von Ihrem Guthaben chatten.',
      'Wenn Sie ihn nicht angelegt haben, melden Sie sich an, entfernen Sie den Schlüssel und ändern Sie Ihr Passwort:',
      { href: accountLink },
    ],
  }),
  linkedIdentity: (provider, accountLink) => ({
    subject: 'Eine neue Anmeldung für Ihr Konto',
    paragraphs: [
      `Sie können sich jetzt mit ${provider} bei Ihrem Konto anmelden.`,
      'Wenn Sie das nicht hinzugefügt haben, melden Sie sich an, entfernen Sie es und ändern Sie Ihr Passwort:',
      { href: accountLink },
    ],
  }),
  newServiceKey: ({ name, lastCharacters, scopes }, administrationLink) => ({
    subject: 'Ein neuer Dienstschlüssel',
    paragraphs: [
      `Von Ihrem Konto aus wurde ein Dienstschlüssel angelegt: „${name}“, der auf ${lastCharacters} endet. ` +
        `Ein Programm, das ihn hat, kann auf jedes Konto im Umfang seiner Rechte zugreifen: ${scopes.join(', ')}.`,
      'Wenn Sie ihn nicht angelegt haben, entfernen Sie den Schlüssel und ändern Sie Ihr Passwort:',
      { href: administrationLink },
    ],
  }),
  emailChange: (newEmail, cancelLink) => ({
    subject: 'Ihre E-Mail-Adresse wird geändert',
    paragraphs: [
      newEmail === null
        ? 'Diese Adresse wurde von Ihrem Konto entfernt. Sie erhalten keine E-Mails über das Konto mehr.'
        : `Die E-Mail-Adresse Ihres Kontos wird zu ${newEmail} geändert. Die Änderung gilt, sobald jene Adresse bestätigt ist; ` +
          'bis dahin gehen E-Mails an diese Adresse.',
      'Wenn Sie das angefordert haben, müssen Sie nichts tun. Wenn nicht, öffnen Sie diese Seite und drücken Sie die ' +
        'Schaltfläche, um diese Adresse zu behalten:',
      { href: cancelLink },
      'Der Link funktioniert bis 7 Tage nach der Änderung. Wenn die Änderung schon gilt, wird sie rückgängig gemacht, und alle ' +
        'Geräte werden abgemeldet. Wählen Sie dann ein neues Passwort, denn wer die Adresse geändert hat, kennt das jetzige.',
    ],
  }),
  emailChangedByAdmin: (newEmail) => ({
    subject: 'Ihre E-Mail-Adresse wird geändert',
    paragraphs: [
      newEmail === null
        ? 'Die Verwaltung hat diese Adresse von Ihrem Konto entfernt.'
        : `Die Verwaltung ändert die E-Mail-Adresse Ihres Kontos zu ${newEmail}. Die Änderung gilt, sobald jene Adresse ` +
          'bestätigt ist.',
      'Wenn Sie das nicht erwartet haben, wenden Sie sich an den Betreiber dieses Dienstes.',
    ],
  }),
  emailRestored: () => ({
    subject: 'Die Änderung Ihrer E-Mail-Adresse wurde rückgängig gemacht',
    paragraphs: [
      'Die frühere Adresse Ihres Kontos wurde über einen Link wiederhergestellt, der an sie gesendet wurde, und alle Geräte ' +
        'wurden abgemeldet. E-Mails über das Konto gehen nicht mehr an diese Adresse.',
    ],
  }),
  factorAdded: (factor, accountLink) => ({
    subject: 'Ein neuer zweiter Faktor für Ihr Konto',
    paragraphs: [
      `Sie können sich jetzt mit ${nameOf(factor)} bei Ihrem Konto anmelden.`,
      'Wenn Sie das nicht hinzugefügt haben, melden Sie sich an, entfernen Sie es und ändern Sie Ihr Passwort:',
      { href: accountLink },
    ],
  }),
  factorRemoved: (factor, accountLink) => ({
    subject: 'Ein zweiter Faktor Ihres Kontos wurde entfernt',
    paragraphs: [
      `Ihr Konto kann nicht mehr mit ${nameOf(factor)} verwendet werden.`,
      'Wenn Sie das nicht entfernt haben, melden Sie sich an, ändern Sie Ihr Passwort und richten Sie einen zweiten Faktor ein:',
      { href: accountLink },
    ],
  }),
  copiedPasskey: (name, accountLink) => ({
    subject: 'Ein Passkey Ihres Kontos wurde vielleicht kopiert',
    paragraphs: [
      `Der Passkey „${name}“ wurde abgelehnt: Sein Gerät hat weniger Verwendungen gezählt als Ihr Konto. Das kommt vor, wenn ein ` +
        'Passkey kopiert wurde, und manchmal, wenn ein Gerät einen Fehler hat.',
      'Wenn Sie ihn nicht eben selbst verwendet haben oder wenn es wieder vorkommt, entfernen Sie diesen Passkey und fügen Sie ' +
        'einen neuen hinzu:',
      { href: accountLink },
    ],
  }),
  factorsReset: (forgottenLink) => ({
    subject: 'Ihre zweiten Faktoren wurden entfernt',
    paragraphs: [
      'Die Verwaltung hat alle zweiten Faktoren Ihres Kontos entfernt, und alle Geräte wurden abgemeldet. Sie melden sich mit ' +
        'Ihrem Passwort an und können wieder zweite Faktoren einrichten.',
      'Wenn Sie nicht darum gebeten haben, wählen Sie hier ein neues Passwort und wenden Sie sich an den Betreiber dieses ' +
        'Dienstes:',
      { href: forgottenLink },
    ],
  }),
};

function nameOf(factor: NamedFactor): string {
  if (factor.kind === 'totp') return 'einer Authenticator-App';
  return factor.name === null ? 'einem Passkey' : `dem Passkey „${factor.name}“`;
}
