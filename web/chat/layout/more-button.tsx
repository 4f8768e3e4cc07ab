import { text } from '../texts/texts.js';

interface MoreButtonProps {
  label: string;
  isBusy: boolean;
  onClick: () => void;
}

/** Reads the next page of a list. */
export function MoreButton({ label, isBusy, onClick }: MoreButtonProps) {
  return (
    <p className="more">
      <button type="button" className="button small" onClick={onClick}>
        {isBusy ? text('form.loading') : label}
      </button>
    </p>
  );
}
