import { expect, test } from 'vitest';
import { translateError } from '../../../src/adapters/postgres/translate-error.js';

test.each(['53100', '53200', '53300', '08006', '57P01', '25006'])(
  'a database error with the SQLSTATE %s is translated to unavailable',
  (code) => {
    const error = Object.assign(new Error('could not extend file'), { code });
    expect(translateError(error)).toMatchObject({ code: 'unavailable' });
  },
);
