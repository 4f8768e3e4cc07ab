import type { Translation } from '../../../language/message.js';
import type { session as english } from '../en/session.js';

export const session: Translation<typeof english> = {
  'signIn.title': 'Verwaltung',
  'signIn.name': 'Benutzername oder E-Mail',
  'signIn.password': 'Passwort',
  'signIn.submit': 'Anmelden',
  'signIn.byPasskey': 'Mit einem Passkey anmelden',
  'signIn.by': 'Mit {provider} anmelden',
  'signIn.required': 'Melden Sie sich an.',
  'signIn.notAdministrator':
    '{username} gehört nicht zur Verwaltung. Diese Seite ist nur für die Verwaltung.',
  'signIn.signedInAs':
    'Sie sind als {username} angemeldet und gehören nicht zur Verwaltung. Melden Sie sich mit einem Konto der Verwaltung an, oder {link}.',
  'signIn.chatPage': 'gehen Sie zur Chat-Seite',
  'ended.title': 'Ihre Sitzung ist beendet',
  'ended.leave': 'Seite verlassen',
  'ended.about':
    'Sie wurden abgemeldet, oder Ihre Sitzung ist abgelaufen. Melden Sie sich wieder an, um fortzufahren: Was Sie auf dieser Seite eingegeben haben, bleibt erhalten und wurde noch nicht gesendet.',
  'first.title': 'Das erste Konto der Verwaltung',
  'first.incomplete': 'Öffnen Sie den vollständigen Link, den der Server beim Start ausgegeben hat.',
  'first.about':
    'Dieser Server hat noch kein Konto der Verwaltung. Wählen Sie einen Benutzernamen und ein Passwort. Dieser Link gilt einmal.',
  'first.username': 'Benutzername',
  'first.passwordHint': 'Mindestens 8 Zeichen.',
  'first.submit': 'Konto der Verwaltung anlegen',
  'first.invalid':
    'Dieser Link gilt nicht mehr: Er wurde benutzt, oder der Server wurde neu gestartet. Verwenden Sie den Link, den der Server zuletzt ausgegeben hat.',
  'factor.title': 'Zweiter Faktor',
  'factor.setUpTitle': 'Zweiten Faktor einrichten',
  'factor.about.totp': 'Geben Sie den Code ein, den Ihre Authentifizierungs-App für dieses Konto zeigt.',
  'factor.about.recovery_code': 'Geben Sie einen Ihrer Wiederherstellungscodes ein. Jeder gilt einmal.',
  'factor.about.passkey': 'Verwenden Sie einen der Passkeys dieses Kontos.',
  'factor.use.totp': 'Authentifizierungs-App verwenden',
  'factor.use.recovery_code': 'Wiederherstellungscode verwenden',
  'factor.use.passkey': 'Stattdessen einen Passkey verwenden',
  'factor.code': 'Code der App',
  'factor.recoveryCode': 'Wiederherstellungscode',
  'factor.usePasskey': 'Passkey verwenden',
  'factor.submit': 'Weiter',
  'factor.cancel': 'Anmelden abbrechen',
  'factor.back': 'Zurück zur Anmeldung',
  'factor.setUpAbout':
    'Dieser Dienst verlangt einen zweiten Faktor. Lesen Sie diesen QR-Code mit einer Authentifizierungs-App ein, oder tippen Sie den Schlüssel dort ein. Geben Sie dann den Code ein, den die App zeigt.',
  'factor.qrCode': 'QR-Code mit dem Schlüssel',
  'factor.confirm': 'App bestätigen',
  'recovery.about':
    'Das sind Ihre Wiederherstellungscodes. Jeder gilt einmal anstelle eines zweiten Faktors. Bewahren Sie sie so auf, dass Sie sie ohne Ihr Telefon finden: Sie werden nicht noch einmal gezeigt.',
  'recovery.list': 'Wiederherstellungscodes',
  'recovery.copy': 'Kopieren',
  'recovery.download': 'Herunterladen',
  'recovery.kept': 'Ich habe sie aufbewahrt',
  'proof.title': 'Bestätigen Sie, dass Sie es sind',
  'proof.about':
    'Seit Ihrer Anmeldung ist einige Zeit vergangen. Bestätigen Sie, dass Sie es sind, oder melden Sie sich ab und wieder an.',
  'proof.by': 'Bestätigen mit',
  'proof.password': 'Ihrem Passwort',
  'proof.totp': 'dem Code Ihrer Authentifizierungs-App',
  'proof.recoveryCode': 'einem Ihrer Wiederherstellungscodes',
  'proof.passkey': 'einem Ihrer Passkeys',
  'proof.code': 'Code',
  'proof.byProvider': 'der Anmeldung über {provider}',
  'proof.aboutProvider':
    'Der Anbieter fragt Sie noch einmal nach Ihrer Anmeldung und führt zu dieser Seite zurück. Beginnen Sie die Änderung dann neu.',
  'factor.setUpPasskeyAbout':
    'Dieser Dienst verlangt einen zweiten Faktor. Fügen Sie einen Passkey hinzu: Er verwendet Ihren Fingerabdruck, Ihr Gesicht oder die PIN Ihres Geräts.',
  'factor.setUpApp': 'Stattdessen eine Authentifizierungs-App verwenden',
  'factor.passkeyName': 'Name des neuen Passkeys',
  'factor.addPasskey': 'Passkey hinzufügen',
};
