import { useState } from 'react';
import { text } from '../texts/texts.js';

const shownLength = 1500;
const shownLines = 20;
/** A text that is only a little longer is shown whole. */
const tolerance = 1.3;

/** The text of a message. Of a long one only the beginning is shown until all of it is asked for. */
export function MessageText({ message }: { message: string }) {
  const [isWhole, setIsWhole] = useState(false);
  const beginning = beginningOf(message);
  if (beginning === message) return <p dir="auto">{message}</p>;
  return (
    <>
      <p dir="auto">{isWhole ? message : `${beginning} …`}</p>
      <button
        type="button"
        className="button small show-all"
        aria-expanded={isWhole}
        onClick={() => {
          setIsWhole(!isWhole);
        }}
      >
        {isWhole ? text('message.less') : text('message.all', { count: message.length })}
      </button>
    </>
  );
}

function beginningOf(text: string): string {
  const lines = text.split('\n', shownLines * tolerance + 1);
  if (text.length <= shownLength * tolerance && lines.length <= shownLines * tolerance) return text;
  const beginning = lines.slice(0, shownLines).join('\n').slice(0, shownLength);
  // The end is not in the middle of a character or a word.
  return beginning
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/(\s)\S{0,30}$/, '$1')
    .trimEnd();
}
