import { useEffect, useState } from 'react';

const pauseMs = 250;

/** Searches the conversations once nothing more is typed. */
export function SearchField({ onSearch }: { onSearch: (text: string) => void }) {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => {
      onSearch(text.trim());
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [text, onSearch]);
  return (
    <input
      id="search"
      type="search"
      className="search"
      aria-label="Search the conversations"
      placeholder="Search"
      maxLength={200}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
      }}
    />
  );
}
