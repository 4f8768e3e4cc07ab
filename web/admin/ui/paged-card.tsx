import { Box, Button, Card, CardContent, Typography } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import type { Page } from '../../api/api-objects.js';
import { CardHead } from './card-head.js';
import { LoadError, Loading } from './loading-and-error.js';
import { text } from '../texts/texts.js';

interface PagedCardProps<Item> {
  title: string;
  /** Identifies what is read; a change or `refresh` reads it again. */
  queryKey: readonly string[];
  read: (cursor: string | null) => Promise<Page<Item>>;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** The text of an empty list. */
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
}

/** A card with a list that is read from the server page by page, the newest first. */
export function PagedCard<Item>({ title, queryKey, read, actions, empty, children }: PagedCardProps<Item>) {
  const titleId = useId();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  const items = data?.pages.flatMap(({ results }) => results) ?? [];
  return (
    <Card component="section" aria-labelledby={titleId} sx={{ mb: 2, minWidth: 0 }}>
      <CardContent>
        <CardHead id={titleId} title={title} actions={actions} />
        {data === undefined ? (
          error === null ? (
            <Loading />
          ) : (
            <LoadError error={error} />
          )
        ) : items.length === 0 ? (
          <Typography color="text.secondary">{empty}</Typography>
        ) : (
          children(items)
        )}
        {data !== undefined && error !== null ? <LoadError error={error} /> : null}
        {hasNextPage ? (
          <Box sx={{ mt: 1 }}>
            <Button
              size="small"
              loading={isFetchingNextPage}
              onClick={() => {
                void fetchNextPage();
              }}
            >
              {text('ui.showOlder')}
            </Button>
          </Box>
        ) : null}
      </CardContent>
    </Card>
  );
}
