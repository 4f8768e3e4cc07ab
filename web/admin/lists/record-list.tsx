import { Typography, useMediaQuery } from '@mui/material';
import { cloneElement, type ReactElement, type ReactNode } from 'react';
import {
  FilterButton,
  List,
  Pagination,
  TopToolbar,
  useListContext,
  useResourceDefinition,
  type SortPayload,
} from 'react-admin';
import { AddButton } from '../ui/add-button.js';
import { LoadError } from '../ui/loading-and-error.js';
import { PageTitle } from '../ui/page-title.js';
import { CsvButton } from './csv-button.js';
import { useSelectionOfPage } from './use-selection-of-page.js';
import { text } from '../texts/texts.js';

interface RecordListProps {
  title: string;
  sort: SortPayload;
  /** On phones only the first is open; a button adds the others. */
  filters: ReactElement<{ alwaysOn?: boolean }>[];
  children: ReactNode;
}

/** A list with its filters, its table, and a button that downloads it. */
export function RecordList({ title, sort, filters, children }: RecordListProps) {
  const isPhone = useIsPhone();
  const { hasCreate } = useResourceDefinition();
  return (
    <List
      title={false}
      sort={sort}
      perPage={25}
      queryOptions={{ meta: { withTotal: true } }}
      filters={filters.map((filter, index) => cloneElement(filter, { alwaysOn: !isPhone || index === 0 }))}
      pagination={<ListPagination />}
      actions={
        <TopToolbar>
          <Total />
          {isPhone ? <FilterButton disableSaveQuery /> : null}
          {hasCreate === true ? <AddButton /> : null}
          <CsvButton />
        </TopToolbar>
      }
      empty={false}
    >
      <PageTitle title={title} />
      <Rows>{children}</Rows>
    </List>
  );
}

/** How many records match the filters. The server counts up to 10,000. */
function Total() {
  const meta = useListContext().meta as { total?: number | null } | undefined;
  const total = meta?.total ?? null;
  return (
    <Typography role="status" variant="body2" color="text.secondary" sx={{ alignSelf: 'center', mr: 'auto' }}>
      {total === null ? '' : text(total < maxTotal ? 'list.total' : 'list.moreThan', { count: total })}
    </Typography>
  );
}

const maxTotal = 10_000;

/** The rows, or the error if none could be read. */
function Rows({ children }: { children: ReactNode }) {
  const { error, data } = useListContext();
  useSelectionOfPage();
  const hasFailed = error != null && (data === undefined || data.length === 0);
  return hasFailed ? <LoadError error={error} /> : children;
}

function ListPagination() {
  const { error } = useListContext();
  return error == null ? <Pagination rowsPerPageOptions={[10, 25, 50, 100]} /> : null;
}

/** Whether the screen is too narrow for tables. */
export function useIsPhone(): boolean {
  return useMediaQuery((theme) => theme.breakpoints.down('sm'), { noSsr: true });
}
