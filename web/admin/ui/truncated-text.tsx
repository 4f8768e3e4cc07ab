/** A text truncated to one line, with the whole text as its tooltip. */
export function TruncatedText({ text }: { text: string }) {
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
        // An inline block does not inherit the underline of its link by itself.
        textDecoration: 'inherit',
      }}
    >
      {text}
    </span>
  );
}
