import type { Translation } from '../message.js';
import type { englishFields } from './fields-en.js';

export const germanFields: Translation<typeof englishFields> = {
  empty: 'Darf nicht leer sein.',
  blank: 'Darf nicht leer sein.',
  required: 'Ist erforderlich.',
  atLeast: 'Muss mindestens {count} Zeichen haben.',
  atMost: 'Darf höchstens {count} Zeichen haben.',
  usernameCharacters: 'Darf nur ASCII-Buchstaben, Ziffern und . + - _ enthalten.',
  email: 'Muss eine E-Mail-Adresse sein.',
  onlyDigits: 'Darf nicht nur aus Ziffern bestehen.',
  common: 'Ist zu gebräuchlich.',
  likeUsername: 'Ist dem Benutzernamen zu ähnlich.',
  likeEmail: 'Ist der E-Mail-Adresse zu ähnlich.',
  number: 'Muss eine Zahl sein.',
  range: 'Muss eine Zahl von {from} bis {to} sein.',
  wholeRange: 'Muss eine ganze Zahl von {from} bis {to} sein.',
  future: 'Muss in der Zukunft liegen.',
};
