import type { Translation } from '../message.js';
import type { englishErrors } from './errors-en.js';

export const germanErrors: Translation<typeof englishErrors> = {
  invalid_input: 'Einige Felder sind nicht gültig.',
  model_not_found: 'Dieses Modell gibt es nicht mehr. Wählen Sie ein anderes.',
  model_not_allowed: 'Dieser API-Schlüssel darf das Modell nicht verwenden. Wählen Sie ein anderes.',
  unsupported_parameter: 'Dieses Modell unterstützt die Anfrage nicht. Wählen Sie ein anderes.',
  context_length_exceeded:
    'Die Unterhaltung ist länger, als das Modell lesen kann. Beginnen Sie eine neue, oder senden Sie eine kürzere Nachricht.',
  invalid_token:
    'Dieser Link gilt nicht mehr: Er wurde schon benutzt oder ist abgelaufen. Fordern Sie einen neuen an.',
  unauthenticated: 'Ihre Sitzung ist beendet. Melden Sie sich wieder an.',
  invalid_credentials: 'Benutzername oder Passwort sind falsch, oder das Konto ist gesperrt.',
  second_factor_required:
    'Dieses Konto verlangt zum Anmelden einen zweiten Faktor. Geben Sie seinen Code ein, oder verwenden Sie einen Passkey.',
  factor_setup_required:
    'Dieses Konto braucht einen zweiten Faktor, bevor es sich anmelden kann. Richten Sie zuerst einen ein.',
  challenge_expired: 'Das Anmelden hat zu lange gedauert, oder es ist schon abgeschlossen. Beginnen Sie neu.',
  wrong_code: 'Der Code ist falsch oder wurde schon benutzt. Geben Sie den aktuellen ein.',
  wrong_passkey: 'Der Passkey gehört nicht zu diesem Konto. Versuchen Sie einen anderen.',
  proof_required: 'Bestätigen Sie, dass Sie es sind: mit Ihrem Passwort, einem Code oder einem Passkey.',
  too_many_passkeys: 'Mehr Passkeys kann ein Konto nicht haben. Entfernen Sie zuerst einen.',
  passkey_exists: 'Dieser Passkey gehört schon zu Ihrem Konto.',
  totp_exists: 'Ihr Konto hat schon eine Authentifizierungs-App. Entfernen Sie sie zuerst.',
  last_factor:
    'Das ist Ihr letzter zweiter Faktor, und Ihr Konto muss einen haben. Fügen Sie zuerst einen anderen hinzu.',
  no_factor: 'Ihr Konto hat keinen zweiten Faktor. Richten Sie zuerst einen ein.',
  two_factors_unavailable: 'Dieser Server bietet keine Authentifizierungs-Apps an.',
  insufficient_tokens:
    'Diese Nachricht erfordert {required}, und Sie haben {remaining}. Sie wurde nicht gesendet und hat nichts gekostet.',
  cap_reached:
    'Eine Ausgabengrenze ist erreicht. Die Nachricht wurde nicht gesendet und hat nichts gekostet.',
  debt_outstanding:
    'Tokens, die Sie schon ausgegeben hatten, wurden erstattet. Sie schulden deshalb {debt}. Der nächste Kauf begleicht sie.',
  invalid_signature: 'Das Ereignis kommt nicht vom Zahlungsanbieter.',
  package_limit_reached: 'Sie haben dieses Paket so oft gekauft, wie es ein Konto kann.',
  not_refundable:
    'So viel kann nicht erstattet werden: Die Bestellung wurde nicht bezahlt oder ist schon erstattet.',
  payment_pending: 'Die Zahlung ist noch nicht bekannt. Versuchen Sie es gleich noch einmal.',
  payment_failed:
    'Beim Zahlungsanbieter ist ein Fehler aufgetreten. Es wurde nichts bezahlt; versuchen Sie es gleich noch einmal.',
  session_required: 'Melden Sie sich dafür mit Ihrem Passwort an.',
  insufficient_scope: 'Der Schlüssel hat dafür keine Berechtigung.',
  admin_required: 'Das kann nur die Verwaltung.',
  email_not_verified:
    'Bestätigen Sie Ihre E-Mail-Adresse, bevor Sie chatten. Die Seite „Konto“ sendet die E-Mail noch einmal.',
  wrong_password: 'Das jetzige Passwort ist falsch.',
  not_found: 'Das gibt es nicht. Vielleicht wurde es gelöscht.',
  voucher_not_found: 'Es gibt keinen Gutschein mit diesem Code. Prüfen Sie ihn auf Tippfehler.',
  voucher_ended: 'Dieser Gutschein gilt nicht mehr.',
  voucher_expired: 'Dieser Gutschein ist abgelaufen.',
  voucher_exhausted: 'Dieser Gutschein wurde so oft eingelöst, wie es möglich ist.',
  voucher_already_redeemed: 'Sie haben diesen Gutschein schon eingelöst.',
  sign_in_expired:
    'Diese Anmeldung ist abgelaufen, wurde schon verwendet oder begann in einem anderen Browser. Beginnen Sie neu.',
  wrong_identity:
    'Der Anbieter hat Sie nicht noch einmal nach Ihrer Anmeldung gefragt, oder Sie haben sich dort als jemand anderes angemeldet. Bestätigen Sie auf andere Weise.',
  invalid_identity: 'Die Antwort des Anbieters konnte nicht geprüft werden. Beginnen Sie neu.',
  password_sign_in_off: 'Passwörter werden hier nicht verwendet. Melden Sie sich über einen Anbieter an.',
  sign_in_refused: 'Der Anbieter hat Sie nicht angemeldet. Beginnen Sie neu und stimmen Sie dort zu.',
  account_exists:
    'Ein Konto hat diese E-Mail-Adresse bereits. Melden Sie sich dort an und fügen Sie diese Identität auf der Kontoseite hinzu.',
  identity_taken: 'Ein anderes Konto hat diese Identität bereits.',
  too_many_identities: 'Sie haben die höchste Zahl von Identitäten. Entfernen Sie zuerst eine.',
  last_sign_in_method:
    'Nur so können Sie sich bei Ihrem Konto anmelden. Fügen Sie zuerst einen anderen Weg hinzu.',
  identity_provider_unavailable: 'Der Anbieter ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  username_taken: 'Dieser Benutzername ist vergeben. Wählen Sie einen anderen.',
  email_taken: 'Ein anderes Konto hat diese E-Mail-Adresse.',
  too_many_keys: 'Mehr API-Schlüssel kann ein Konto nicht haben. Entfernen Sie zuerst einen.',
  too_many_webhooks: 'Mehr Webhook-Adressen sind nicht möglich. Entfernen Sie zuerst eine.',
  too_many_caps: 'Mehr Grenzen sind nicht möglich. Entfernen Sie zuerst eine.',
  reply_stopped: 'Die Antwort wurde angehalten, bevor etwas davon ankam.',
  hold_ended:
    'Die Reservierung ist schon beendet. Sie kann nicht noch einmal abgerechnet, verlängert oder freigegeben werden.',
  last_admin: 'Das ist das letzte aktive Konto der Verwaltung. Ernennen Sie zuerst ein anderes.',
  balance_out_of_range: 'Das Guthaben wäre negativ oder zu groß.',
  idempotency_in_progress: 'Diese Anfrage wird noch bearbeitet. Versuchen Sie es gleich noch einmal.',
  idempotency_key_reused:
    'Eine frühere Anfrage hatte denselben Schlüssel und einen anderen Inhalt. Senden Sie sie noch einmal.',
  rate_limited: 'Zu viele Anfragen in kurzer Zeit.',
  content_filtered:
    'Der Anbieter des Modells lehnt diese Nachricht wegen ihres Inhalts ab. Sie hat nichts gekostet.',
  provider_busy:
    'Das Modell hat zu viele Anfragen. Es hat nichts gekostet; versuchen Sie es gleich noch einmal.',
  provider_failed: 'Das Modell konnte nicht antworten. Es hat nichts gekostet.',
  provider_timeout: 'Das Modell hat zu lange gebraucht. Es hat nichts gekostet.',
  unavailable: 'Der Server ist überlastet oder startet neu.',
  internal_error: 'Der Server konnte die Anfrage nicht bearbeiten.',
  malformed_body:
    'Der Server konnte die Anfrage nicht lesen. Laden Sie die Seite neu, und versuchen Sie es noch einmal.',
  malformed_url: 'Diese Adresse ist nicht vollständig. Gehen Sie zurück zur Startseite.',
  body_too_large: 'Das ist länger, als der Server annimmt. Kürzen Sie es, oder hängen Sie weniger an.',
  method_not_allowed:
    'Diese Seite passt nicht zum Server. Laden Sie sie neu, und versuchen Sie es noch einmal.',
  unsupported_media_type:
    'Diese Seite passt nicht zum Server. Laden Sie sie neu, und versuchen Sie es noch einmal.',
  unreachable:
    'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung, und versuchen Sie es noch einmal.',
  not_sent:
    'Sie sind offline, deshalb wurde diese Nachricht nicht gesendet. Sie wird gesendet, sobald Sie wieder online sind.',
  never_arrived: 'Die Verbindung brach ab, bevor Ihre Nachricht ankam. Sie hat nichts gekostet.',
  cut_off: 'Die Verbindung brach ab, bevor die Antwort vollständig war. Sie hat nichts gekostet.',
  cut_short:
    'Die Verbindung brach ab, bevor die Antwort vollständig war. Was angekommen ist, bleibt erhalten.',
  passkey_cancelled:
    'Es wurde kein Passkey verwendet. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.',
  page_failed:
    'Auf dieser Seite ist ein Fehler aufgetreten. Laden Sie sie neu, und versuchen Sie es noch einmal.',
  chooseAnother: '{reason} Wählen Sie ein anderes.',
  requestId: 'Die Kennung der Anfrage ist {id}.',
  serverFailed: 'Auf dem Server ist ein Fehler aufgetreten. Versuchen Sie es gleich noch einmal.',
  rejected: 'Der Server hat die Anfrage abgelehnt ({status}).',
};
