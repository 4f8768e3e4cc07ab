import { Card, CardContent } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { CardHead } from './card-head.js';
import { LoadError, Loading } from './loading-and-error.js';

interface QueryCardProps<Data> {
  title: string;
  /** Identifies what is read; a change or `refresh` reads it again. */
  queryKey: readonly string[];
  read: () => Promise<Data>;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** A card with a title, whose content is read from the server: loading, failed, or shown. */
export function QueryCard<Data>({ title, queryKey, read, actions, children }: QueryCardProps<Data>) {
  const titleId = useId();
  const { data, error } = useQuery({ queryKey, queryFn: read });
  return (
    <Card component="section" aria-labelledby={titleId} sx={{ mb: 2, minWidth: 0 }}>
      <CardContent>
        <CardHead id={titleId} title={title} actions={actions} />
        {error !== null ? <LoadError error={error} /> : data === undefined ? <Loading /> : children(data)}
      </CardContent>
    </Card>
  );
}
