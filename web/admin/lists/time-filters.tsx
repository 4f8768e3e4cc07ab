import { DateTimeInput } from 'react-admin';

/** The filters by time, in the time zone of the browser. */
export const timeFilters = (fromLabel = 'From', toLabel = 'Before') => [
  <DateTimeInput key="from" source="from" label={fromLabel} helperText={false} />,
  <DateTimeInput key="to" source="to" label={toLabel} helperText={false} />,
];
