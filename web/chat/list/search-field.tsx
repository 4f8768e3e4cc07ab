import { useEffect, useState } from 'react';
import { text } from '../texts/texts.js';

const pauseMs = 250;

/** Searches the conversations once nothing more is typed. */
export function SearchField({ onSearch }: { onSearch: (searched: string) => void }) {
  const [typed, setTyped] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      onSearch(typed.trim());
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [typed, onSearch]);
  return (
    <input
      id="search"
      type="search"
      className="search"
      aria-label={text('list.search')}
      placeholder={text('list.searchShort')}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
      }}
    />
  );
}
