import { Box, Button, Typography } from '@mui/material';
import { useListContext } from 'react-admin';

/** The text of an empty list: there are no records, none match the filters, or the page is past the end. */
export function EmptyList({ what }: { what: string }) {
  const { setFilters, page, setPage, ...list } = useListContext();
  const isFiltered = Object.keys((list.filterValues ?? {}) as object).length > 0;
  return (
    <Box sx={{ p: 4, textAlign: 'center' }} role="status">
      <Typography color="text.secondary" sx={{ mb: 1 }}>
        {page > 1
          ? 'The list ends before this page.'
          : isFiltered
            ? `No ${what} match these filters.`
            : `There are no ${what} yet.`}
      </Typography>
      {page > 1 ? (
        <Button
          onClick={() => {
            setPage(1);
          }}
        >
          To the first page
        </Button>
      ) : isFiltered ? (
        <Button
          onClick={() => {
            setFilters({});
          }}
        >
          Clear the filters
        </Button>
      ) : null}
    </Box>
  );
}
