import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorKinds } from '../../src/domain/errors.js';

const codes = Object.keys(errorKinds);

interface Mention {
  place: string;
  word: string;
}

/** The sentences of a file's docstrings. */
function sentencesOf(text: string): string[] {
  const comments = [...text.matchAll(/\/\*\*(.*?)\*\//gs)].map(([, comment = '']) => comment);
  return comments.flatMap((comment) => comment.replace(/\s*\n\s*\*?\s*/g, ' ').split(/(?<=[.;:]) /));
}

/** What docstrings say is thrown: the words in backticks of each sentence about it. */
function mentionsIn(folder: string): Mention[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      sentencesOf(readFileSync(join(folder, name), 'utf8'))
        .filter((sentence) => /\b(refuse|reject|throw)s?\b/i.test(sentence))
        .flatMap((sentence) => [...sentence.matchAll(/`([a-z]+(?:_[a-z]+)*)`/g)])
        .map(([, word = '']) => ({ place: join(folder, name), word })),
    );
}

const mentions = ['src/domain', 'src/ports'].flatMap(mentionsIn);

test('every error code that a docstring names exists', () => {
  // A word without an underscore may be the name of a function or parameter.
  const unknown = mentions.filter(({ word }) => word.includes('_') && !codes.includes(word));
  expect(unknown).toEqual([]);
});

test('the docstrings of the core name codes', () => {
  const named = new Set(mentions.map(({ word }) => word).filter((word) => codes.includes(word)));
  expect(named.size).toBeGreaterThan(15);
});
