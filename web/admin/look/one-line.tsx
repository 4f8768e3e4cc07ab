/** Somebody's words in one line however long they are; pointing at them shows the rest. */
export function OneLine({ text }: { text: string }) {
  return (
    <span
      title={text}
      style={{
        display: 'inline-block',
        maxWidth: 'min(18rem, 60vw)',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
        verticalAlign: 'bottom',
      }}
    >
      {text}
    </span>
  );
}
