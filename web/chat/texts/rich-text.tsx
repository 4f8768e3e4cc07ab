import { Fragment, type ReactNode } from 'react';

/** The parts of a text whose values are elements. */
export function RichText({ parts }: { parts: readonly ReactNode[] }) {
  return parts.map((part, position) => <Fragment key={position}>{part}</Fragment>);
}
