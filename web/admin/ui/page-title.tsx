import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { text } from '../texts/texts.js';

/** Shows the title of a page in the top bar and in that of the browser, unlike `Title` of react-admin, which brings the means to edit it. */
export function PageTitle({ title }: { title: string }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => {
    setPlace(document.getElementById('react-admin-title'));
  }, []);
  useEffect(() => {
    document.title = `${title} · ${text('app.title')}`;
    return () => {
      document.title = text('app.title');
    };
  }, [title]);
  return place === null ? null : createPortal(title, place);
}
