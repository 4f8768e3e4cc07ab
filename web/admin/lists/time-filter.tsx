import { PeriodInput } from './period-input.js';
import { text } from '../texts/texts.js';

/** The filter by time, which is one stop of the keyboard. */
export const timeFilter = (label = text('filter.time')) => (
  <PeriodInput key="from" source="from" label={label} />
);
