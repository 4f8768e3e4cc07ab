/** What the server says of the fields of a form, by which the other languages are found. */
export const englishFields = {
  empty: 'Must not be empty.',
  blank: 'Must not be blank.',
  required: 'Is required.',
  atLeast: 'Must have at least {count} characters.',
  atMost: 'Must have at most {count} characters.',
  usernameCharacters: 'May contain only ASCII letters, digits and . + - _',
  email: 'Must be an email address.',
  onlyDigits: 'Must not be only digits.',
  common: 'Is too common.',
  likeUsername: 'Is too similar to the username.',
  likeEmail: 'Is too similar to the email.',
  number: 'Must be a number.',
  range: 'Must be a number from {from} to {to}.',
  wholeRange: 'Must be a whole number from {from} to {to}.',
  future: 'Must be in the future.',
} as const;
