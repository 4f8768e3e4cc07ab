import { useCallback, useEffect } from 'react';
import { reactRouterProvider, useLocation } from 'react-admin';
import type { NavigateOptions, To } from 'react-router-dom';

/** The path of the page in sight; behind the address for as long as the next page is being made. */
let pathInSight = '';

/** Keeps track of the page in sight, in whatever is around all pages. */
export function usePathInSight(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    pathInSight = pathname;
  }, [pathname]);
}

type Navigate = ReturnType<typeof reactRouterProvider.useNavigate>;

/** As of the library, but a list that is being left cannot lead back to itself by a filter that it applies late. */
function useNavigate(): Navigate {
  const navigate = reactRouterProvider.useNavigate();
  return useCallback(
    (to: To | number, options?: NavigateOptions) => {
      if (typeof to === 'number') navigate(to);
      else if (!isBelated(to)) navigate(to, options);
    },
    [navigate],
  );
}

function isBelated(to: To): boolean {
  if (typeof to === 'string' || to.pathname !== undefined) return false;
  const [path = ''] = location.hash.slice(1).split('?');
  return path !== pathInSight;
}

export const timelyRouterProvider = { ...reactRouterProvider, useNavigate };
