import { Box, Button, Typography } from '@mui/material';
import { useListContext } from 'react-admin';
import { text } from '../texts/texts.js';

/** The text of an empty list: there are no records, none match the filters, or the page is past the end. */
export function EmptyList({ what }: { what: 'users' | 'chats' | 'entries' | 'orders' | 'events' }) {
  const { setFilters, page, setPage, ...list } = useListContext();
  const isFiltered = Object.keys((list.filterValues ?? {}) as object).length > 0;
  return (
    <Box sx={{ p: 4, textAlign: 'center' }} role="status">
      <Typography color="text.secondary" sx={{ mb: 1 }}>
        {page > 1 ? text('empty.past') : isFiltered ? text(`empty.${what}.filtered`) : text(`empty.${what}`)}
      </Typography>
      {page > 1 ? (
        <Button
          onClick={() => {
            setPage(1);
          }}
        >
          {text('empty.toFirst')}
        </Button>
      ) : isFiltered ? (
        <Button
          onClick={() => {
            setFilters({});
          }}
        >
          {text('empty.clear')}
        </Button>
      ) : null}
    </Box>
  );
}
