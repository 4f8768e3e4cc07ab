import { useCallback, useEffect } from 'react';
import { reactRouterProvider, useLocation } from 'react-admin';
import type { NavigateOptions, To } from 'react-router-dom';

/** The path of the page that is shown. While the next page is being rendered, it differs from the address. */
let currentPath = '';

/** Tracks the path of the page that is shown; used once, in the layout. */
export function useTrackCurrentPath(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    currentPath = pathname;
  }, [pathname]);
}

type Navigate = ReturnType<typeof reactRouterProvider.useNavigate>;

/** Ignores the navigation of a list that the user has just left: its debounced filter would lead back to it. */
function useNavigate(): Navigate {
  const navigate = reactRouterProvider.useNavigate();
  return useCallback(
    (to: To | number, options?: NavigateOptions) => {
      if (typeof to === 'number') navigate(to);
      else if (!isOutdated(to)) navigate(to, options);
    },
    [navigate],
  );
}

function isOutdated(to: To): boolean {
  if (typeof to === 'string' || to.pathname !== undefined) return false;
  const [path = ''] = location.hash.slice(1).split('?');
  return path !== currentPath;
}

export const routerProvider = { ...reactRouterProvider, useNavigate };
