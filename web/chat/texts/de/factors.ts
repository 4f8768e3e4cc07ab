import type { Translation } from '../../../language/message.js';
import type { factors as english } from '../en/factors.js';

export const factors: Translation<typeof english> = {
  'factor.title': 'Zweiter Faktor',
  'factor.aboutCode': 'Geben Sie den Code ein, den Ihre Authentifizierungs-App für dieses Konto zeigt.',
  'factor.code': 'Code der App',
  'factor.aboutRecovery': 'Geben Sie einen Ihrer Wiederherstellungscodes ein. Jeder gilt einmal.',
  'factor.recoveryCode': 'Wiederherstellungscode',
  'factor.aboutPasskey': 'Verwenden Sie einen der Passkeys dieses Kontos.',
  'factor.usePasskey': 'Passkey verwenden',
  'factor.submit': 'Weiter',
  'factor.useCode': 'Authentifizierungs-App verwenden',
  'factor.useRecovery': 'Wiederherstellungscode verwenden',
  'factor.otherWays': 'Andere zweite Faktoren',
  'factor.cancel': 'Anmelden abbrechen',
  'factor.setUpTitle': 'Zweiten Faktor einrichten',
  'factor.setUpAbout':
    'Dieser Dienst verlangt einen zweiten Faktor. Richten Sie auf Ihrem Telefon eine Authentifizierungs-App ein, um das Anmelden abzuschließen.',
  'totp.scan':
    'Lesen Sie diesen QR-Code mit der Authentifizierungs-App ein, oder tippen Sie den Schlüssel dort ein.',
  'totp.qrCode': 'QR-Code mit dem Schlüssel',
  'totp.key': 'Schlüssel',
  'totp.thenCode': 'Geben Sie dann den Code ein, den die App zeigt.',
  'totp.confirm': 'App bestätigen',
  'recovery.about':
    'Das sind Ihre Wiederherstellungscodes. Jeder gilt einmal anstelle eines zweiten Faktors. Bewahren Sie sie so auf, dass Sie sie ohne Ihr Telefon finden: Sie werden nicht noch einmal gezeigt.',
  'recovery.list': 'Wiederherstellungscodes',
  'recovery.download': 'Herunterladen',
  'recovery.kept': 'Ich habe sie aufbewahrt',
  'copy.recoveryCodes': 'Wiederherstellungscodes',
  'copy.totpKey': 'Schlüssel',
};
