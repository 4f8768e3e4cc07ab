import { DateTimeInput } from 'react-admin';

/** The filters by time that lists of what happened have, on the reader's clock. */
export const timeFilters = [
  <DateTimeInput key="from" source="from" label="From" helperText={false} />,
  <DateTimeInput key="to" source="to" label="Before" helperText={false} />,
];
