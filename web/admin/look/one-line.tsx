/** Somebody's words in one line however long they are; pointing at them shows the rest. */
export function OneLine({ text }: { text: string }) {
  return (
    <span
      title={text}
      style={{
        display: 'inline-block',
        maxWidth: 'min(10rem, 60vw)',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
        verticalAlign: 'bottom',
        // A box of its own has no part in its link's.
        textDecoration: 'inherit',
      }}
    >
      {text}
    </span>
  );
}
