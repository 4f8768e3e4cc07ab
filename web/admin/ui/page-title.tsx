import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

/** Shows the title of a page in the top bar, as `Title` of react-admin does, which brings the means to edit it. */
export function PageTitle({ title }: { title: string }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => {
    setPlace(document.getElementById('react-admin-title'));
  }, []);
  return place === null ? null : createPortal(title, place);
}
