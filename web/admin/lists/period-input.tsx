import ArrowIcon from '@mui/icons-material/ArrowDropDown';
import { Box, Button, Popover, TextField } from '@mui/material';
import { useState } from 'react';
import { useInput } from 'react-admin';
import { localMoment, periodText, presets } from './period.js';
import { text } from '../texts/texts.js';

interface PeriodInputProps {
  /** The first of the two filters, for react-admin, which shows the input if it is set. */
  source: 'from';
  /** What happened in the period, such as `Joined`. */
  label: string;
}

/** The filters `from` and `to` as one button that opens them, in the time zone of the browser. */
export function PeriodInput({ label }: PeriodInputProps) {
  const { field: from } = useInput({ source: 'from', defaultValue: '' });
  const { field: to } = useInput({ source: 'to', defaultValue: '' });
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [fromText, toText] = [String(from.value ?? ''), String(to.value ?? '')];
  const choose = (first: string, end: string) => {
    from.onChange(first);
    to.onChange(end);
  };
  return (
    <>
      <Button
        variant="outlined"
        color="inherit"
        aria-haspopup="dialog"
        endIcon={<ArrowIcon />}
        onClick={({ currentTarget }) => {
          setAnchor(currentTarget);
        }}
        sx={{
          height: 39,
          px: 1.5,
          borderColor: 'action.disabled',
          fontWeight: 400,
          textAlign: 'left',
        }}
      >
        {text('filter.withPeriod', { what: label, period: periodText(fromText, toText) })}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        onClose={() => {
          setAnchor(null);
        }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': label } }}
      >
        <Box sx={{ p: 2, display: 'grid', gap: 2, width: 'min(320px, 90vw)' }}>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
            {presets().map(({ name, sinceDays }) => (
              <Button
                key={name}
                size="small"
                onClick={() => {
                  choose(sinceDays === null ? '' : localMoment(sinceDays), '');
                  setAnchor(null);
                }}
              >
                {name}
              </Button>
            ))}
          </Box>
          <Moment
            label={text('period.from')}
            value={fromText}
            onValue={(value) => {
              choose(value, toText);
            }}
          />
          <Moment
            label={text('period.before')}
            value={toText}
            onValue={(value) => {
              choose(fromText, value);
            }}
          />
        </Box>
      </Popover>
    </>
  );
}

interface MomentProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
}

function Moment({ label, value, onValue }: MomentProps) {
  return (
    <TextField
      type="datetime-local"
      label={label}
      value={value}
      onChange={({ target }) => {
        onValue(target.value);
      }}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
