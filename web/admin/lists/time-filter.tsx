import { PeriodInput } from './period-input.js';

/** The filter by time, which is one stop of the keyboard. */
export const timeFilter = (label = 'Time') => <PeriodInput key="from" source="from" label={label} />;
