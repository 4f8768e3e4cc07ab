import type { Translation } from '../../../language/message.js';
import type { session as english } from '../en/session.js';

export const session: Translation<typeof english> = {
  'session.ended':
    'Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren; Ihre Entwürfe bleiben erhalten.',
  'session.otherForms': 'Andere Formulare',
  'session.aside': 'Jede Antwort wird von Ihrem Guthaben abgezogen. Ihr Verlauf nennt jede Abbuchung.',
  'signIn.title': 'Anmelden',
  'signIn.instead': 'Stattdessen anmelden',
  'signIn.name': 'Benutzername oder E-Mail',
  'signIn.password': 'Passwort',
  'signUp.title': 'Konto anlegen',
  'signUp.submit': 'Mein Konto anlegen',
  'signUp.username': 'Benutzername',
  'signUp.email': 'E-Mail (freiwillig)',
  'signUp.emailHint': 'Damit können Sie ein vergessenes Passwort zurücksetzen.',
  'signUp.passwordHint': 'Mindestens 8 Zeichen, zum Beispiel einige Wörter.',
  'forgotten.link': 'Passwort vergessen?',
  'forgotten.title': 'Neues Passwort wählen',
  'forgotten.about':
    'Wir senden einen Link an die E-Mail-Adresse Ihres Kontos. Mit ihm wählen Sie ein neues Passwort.',
  'forgotten.email': 'E-Mail',
  'forgotten.submit': 'Link senden',
  'forgotten.sent':
    'Wenn ein Konto die E-Mail-Adresse {email} hat, wurde eine E-Mail dorthin gesendet. Der Link darin gilt eine Stunde.',
  'form.cancel': 'Abbrechen',
  'form.remove': 'Entfernen',
  'form.save': 'Speichern',
  'form.busy': 'Einen Moment …',
  'form.invalid': 'Einige Felder sind nicht gültig.',
  'form.empty': 'Darf nicht leer sein.',
  'form.showPassword': 'Eingabe anzeigen',
  'form.tryAgain': 'Noch einmal versuchen',
  'form.loading': 'Wird geladen …',
  'moment.today': 'heute um {time}',
  'moment.dayAndTime': 'am {day} um {time}',
  'moment.day': 'am {day}',
  'moment.never': 'nie',
};
