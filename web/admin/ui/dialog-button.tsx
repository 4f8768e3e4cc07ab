import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from 'react-admin';

interface DialogButtonProps {
  label: string;
  icon: ReactElement;
  color?: 'primary' | 'error';
  /** The dialog, which is rendered while it is open. */
  children: (close: () => void) => ReactNode;
}

/** A button that opens a dialog. */
export function DialogButton({ label, icon, color = 'primary', children }: DialogButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        label={label}
        color={color}
        onClick={() => {
          setIsOpen(true);
        }}
      >
        {icon}
      </Button>
      {isOpen
        ? children(() => {
            setIsOpen(false);
          })
        : null}
    </>
  );
}
