import { createElement, Fragment, useCallback, useEffect, useRef } from 'react';
import type { RouterProvider } from 'react-admin';
import {
  Link,
  matchPath,
  Navigate,
  Outlet,
  Route,
  Routes,
  useInRouterContext,
  useLocation,
  useMatch,
  useNavigate as useRouterNavigate,
  useParams,
} from 'react-router-dom';

type Navigate = ReturnType<RouterProvider['useNavigate']>;

/** Returns the same function with every render, so that a navigation does not render all that can navigate. */
function useNavigate(): Navigate {
  const navigate = useRouterNavigate() as Navigate;
  const latest = useRef(navigate);
  useEffect(() => {
    latest.current = navigate;
  }, [navigate]);
  return useCallback<Navigate>((...to) => {
    latest.current(...to);
  }, []);
}

const unblocked = { state: 'unblocked', reset: undefined, proceed: undefined, location: undefined } as const;

/**
 * The router of react-admin, in the place of its own, which requires the data router of react-router: a tenth of all scripts of
 * the page, for data that react-admin reads itself. Only a data router can ask before a form is left, which no page does.
 */
export const reactRouterProvider = {
  useNavigate,
  useLocation,
  useParams,
  useMatch,
  useInRouterContext,
  useBlocker: () => unblocked,
  useCanBlock: () => false,
  Link,
  Navigate,
  Route,
  Routes,
  Outlet,
  RouterWrapper: ({ children }) => createElement(Fragment, null, children),
  matchPath,
} as RouterProvider;
