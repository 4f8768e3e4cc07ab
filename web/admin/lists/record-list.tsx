import { useMediaQuery } from '@mui/material';
import { cloneElement, type ReactElement, type ReactNode } from 'react';
import {
  CreateButton,
  FilterButton,
  List,
  Pagination,
  TopToolbar,
  useListContext,
  useResourceDefinition,
  type SortPayload,
} from 'react-admin';
import { Failed } from '../look/outcome.js';
import { CsvButton } from './csv-button.js';

interface RecordListProps {
  title: string;
  sort: SortPayload;
  /** The first stands open on phones too, where the others are added by a button. */
  filters: ReactElement<{ alwaysOn?: boolean }>[];
  children: ReactNode;
}

/** A list of the administration: its filters, its table and a way to save it. */
export function RecordList({ title, sort, filters, children }: RecordListProps) {
  const isPhone = useIsPhone();
  const { hasCreate } = useResourceDefinition();
  return (
    <List
      title={title}
      sort={sort}
      perPage={25}
      filters={filters.map((filter, place) => cloneElement(filter, { alwaysOn: !isPhone || place === 0 }))}
      pagination={<Pages />}
      actions={
        <TopToolbar>
          {isPhone ? <FilterButton disableSaveQuery /> : null}
          {hasCreate === true ? <CreateButton label="Add" variant="text" /> : null}
          <CsvButton />
        </TopToolbar>
      }
      empty={false}
    >
      <Rows>{children}</Rows>
    </List>
  );
}

/** What was read; where nothing could be, why. */
function Rows({ children }: { children: ReactNode }) {
  const { error, data } = useListContext();
  const isUnread = error != null && (data === undefined || data.length === 0);
  return isUnread ? <Failed error={error} /> : children;
}

function Pages() {
  const { error } = useListContext();
  return error == null ? <Pagination rowsPerPageOptions={[10, 25, 50, 100]} /> : null;
}

/** Whether the screen is too narrow for tables. */
export function useIsPhone(): boolean {
  return useMediaQuery((theme) => theme.breakpoints.down('sm'), { noSsr: true });
}
