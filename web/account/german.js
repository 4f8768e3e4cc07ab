/** The German texts of the pages that mails link to, by the English ones. */
export const german = {
  'Confirm your email address': 'E-Mail-Adresse bestätigen',
  'Press the button to confirm that you own the address that this link was sent to.':
    'Drücken Sie die Schaltfläche, um zu bestätigen, dass die Adresse, an die dieser Link gesendet wurde, Ihre ist.',
  'Confirm my address': 'Meine Adresse bestätigen',
  'Your email address is confirmed.': 'Ihre E-Mail-Adresse ist bestätigt.',
  'Go to the chat page': 'Zur Chat-Seite',

  'Choose a new password': 'Neues Passwort wählen',
  'The password must have at least 8 characters. All devices are signed out.':
    'Das Passwort muss mindestens 8 Zeichen haben. Alle Geräte werden abgemeldet.',
  'New password': 'Neues Passwort',
  'The same password again': 'Dasselbe Passwort noch einmal',
  'Show what I type': 'Zeigen, was ich eingebe',
  'Set the new password': 'Neues Passwort festlegen',
  'The two passwords are not the same.': 'Die beiden Passwörter sind nicht gleich.',
  'Your password is changed. Sign in with the new one.':
    'Ihr Passwort ist geändert. Melden Sie sich mit dem neuen an.',
  'This password cannot be used. See the reasons below it.':
    'Dieses Passwort kann nicht verwendet werden. Die Gründe stehen darunter.',
  'Must have at least 8 characters.': 'Muss mindestens 8 Zeichen haben.',
  'Must have at most 1024 characters.': 'Darf höchstens 1024 Zeichen haben.',
  'Must not be only digits.': 'Darf nicht nur aus Ziffern bestehen.',
  'Is too common.': 'Ist zu gebräuchlich.',
  'Is too similar to the username.': 'Ist dem Benutzernamen zu ähnlich.',
  'Is too similar to the email.': 'Ist der E-Mail-Adresse zu ähnlich.',

  'Keep your email address': 'E-Mail-Adresse behalten',
  'Press the button to cancel the change of your email address: your account keeps the address that this link was sent to. If the change has already taken effect, it is undone and all devices are signed out.':
    'Drücken Sie die Schaltfläche, um die Änderung Ihrer E-Mail-Adresse abzubrechen: Ihr Konto behält die Adresse, an die dieser Link gesendet wurde. Wenn die Änderung schon gilt, wird sie rückgängig gemacht, und alle Geräte werden abgemeldet.',
  'Cancel the change': 'Änderung abbrechen',
  'The change is cancelled: your account has this email address. If you did not request the change, choose a new password now, because another person knows the old one.':
    'Die Änderung ist abgebrochen: Ihr Konto hat diese E-Mail-Adresse. Wenn Sie die Änderung nicht angefordert haben, wählen Sie jetzt ein neues Passwort, denn jemand anderes kennt das alte.',

  'Test checkout': 'Test-Kasse',
  'This is a test.': 'Dies ist ein Test.',
  'No money moves, and no card is asked for.': 'Es fließt kein Geld, und es wird keine Karte verlangt.',
  'Price:': 'Preis:',
  'State:': 'Zustand:',
  Pay: 'Bezahlen',
  'Pay with a card that is declined': 'Mit einer Karte bezahlen, die abgelehnt wird',
  'Refund (administrators)': 'Erstatten (Verwaltung)',
  'Dispute (administrators)': 'Anfechten (Verwaltung)',
  'The seller wins the dispute (administrators)': 'Der Verkäufer gewinnt die Anfechtung (Verwaltung)',
  'The seller loses the dispute (administrators)': 'Der Verkäufer verliert die Anfechtung (Verwaltung)',
  'not paid yet': 'noch nicht bezahlt',
  paid: 'bezahlt',
  'ended without a payment': 'ohne Zahlung beendet',
  'partly refunded': 'teilweise erstattet',
  refunded: 'erstattet',
  disputed: 'angefochten',
  'paid back after a dispute': 'nach einer Anfechtung zurückgezahlt',
  'Back without paying': 'Zurück, ohne zu bezahlen',
  Back: 'Zurück',
  'Done.': 'Erledigt.',
  'The card was declined. You can try again.':
    'Die Karte wurde abgelehnt. Sie können es noch einmal versuchen.',
  'This link is incomplete.': 'Dieser Link ist unvollständig.',
  'Sign in on the chat page first, then open this page again.':
    'Melden Sie sich zuerst auf der Chat-Seite an und öffnen Sie dann diese Seite noch einmal.',
  'Your account has no such order.': 'Ihr Konto hat keine solche Bestellung.',
  'The server has a problem. Try again.': 'Der Server hat ein Problem. Versuchen Sie es noch einmal.',

  'Please wait …': 'Bitte warten …',
  'The server cannot be reached. Check your connection and try again.':
    'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  'This link is incomplete. Open it from the mail again, or copy all of it.':
    'Dieser Link ist unvollständig. Öffnen Sie ihn noch einmal aus der E-Mail oder kopieren Sie ihn ganz.',
  'This link does not work any more: it was used, a newer one was sent, or it has expired.':
    'Dieser Link funktioniert nicht mehr: Er wurde verwendet, ein neuerer wurde gesendet, oder er ist abgelaufen.',
  'Another account has this email address. Contact the operator of this server.':
    'Ein anderes Konto hat diese E-Mail-Adresse. Wenden Sie sich an den Betreiber dieses Servers.',
  'The server is busy. Try again in a moment.':
    'Der Server ist ausgelastet. Versuchen Sie es gleich noch einmal.',
  'The server is busy. Try again in {minutes} minutes.':
    'Der Server ist ausgelastet. Versuchen Sie es in {minutes} Minuten noch einmal.',
  'Something went wrong ({status}). Try again in a moment.':
    'Etwas ist fehlgeschlagen ({status}). Versuchen Sie es gleich noch einmal.',
};
