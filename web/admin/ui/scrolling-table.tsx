import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import type { ReactNode } from 'react';

interface ScrollingTableProps {
  label: string;
  /** The columns; those that begin with `#` are numbers. */
  columns: readonly string[];
  children: ReactNode;
}

/** A small table that scrolls by itself where it does not fit. A group, because the card around it is the region. */
export function ScrollingTable({ label, columns, children }: ScrollingTableProps) {
  return (
    <Box sx={{ overflowX: 'auto' }} role="group" aria-label={label} tabIndex={0}>
      <Table
        size="small"
        aria-label={label}
        sx={{
          '& th:first-of-type, & td:first-of-type': { pl: 0 },
          '& tr:last-of-type td': { borderBottom: 0 },
        }}
      >
        <TableHead>
          <TableRow>
            {columns.map((column) => (
              <TableCell key={column} align={column.startsWith('#') ? 'right' : 'left'}>
                {column.replace('#', '')}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>{children}</TableBody>
      </Table>
    </Box>
  );
}
