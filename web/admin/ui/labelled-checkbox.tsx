import { Checkbox, FormControlLabel } from '@mui/material';

interface LabelledCheckboxProps {
  label: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}

/** A checkbox with its own accessible name, because the theme names all checkboxes after the rows of lists. */
export function LabelledCheckbox({ label, isChecked, onChange }: LabelledCheckboxProps) {
  return (
    <FormControlLabel
      label={label}
      control={
        <Checkbox
          checked={isChecked}
          slotProps={{ input: { 'aria-label': label } }}
          onChange={(event) => {
            onChange(event.target.checked);
          }}
        />
      }
    />
  );
}
