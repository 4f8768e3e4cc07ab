import { Checkbox, FormControlLabel } from '@mui/material';

interface ChoiceProps {
  label: string;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

/** A box to check. Named by itself, since the theme names every box after the rows of lists. */
export function Choice({ label, isChosen, onChoose }: ChoiceProps) {
  return (
    <FormControlLabel
      label={label}
      control={
        <Checkbox
          checked={isChosen}
          slotProps={{ input: { 'aria-label': label } }}
          onChange={(event) => {
            onChoose(event.target.checked);
          }}
        />
      }
    />
  );
}
