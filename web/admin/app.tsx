import AuditIcon from '@mui/icons-material/FactCheckOutlined';
import ChatsIcon from '@mui/icons-material/ForumOutlined';
import LedgerIcon from '@mui/icons-material/ReceiptLongOutlined';
import OrdersIcon from '@mui/icons-material/ShoppingCartOutlined';
import UsersIcon from '@mui/icons-material/PeopleAltOutlined';
import { CssBaseline } from '@mui/material';
import { QueryClient } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import {
  AdminContext,
  Authenticated,
  CoreAdminUI,
  CustomRoutes,
  HttpError,
  Notification,
  Resource,
} from 'react-admin';
import { Route } from 'react-router-dom';
import { useLanguage } from '../language/use-language.js';
import { OverviewPage } from './overview/overview-page.js';
import { dataProvider } from './lists/data-provider.js';
import { Layout } from './ui/layout.js';
import { Loading } from './ui/loading-and-error.js';
import { FailedPage, MissingPage } from './ui/page-failures.js';
import { i18nProvider } from './texts/i18n-provider.js';
import { darkTheme, lightTheme } from './ui/theme.js';
import { routerProvider } from './ui/router-provider.js';
import { settingsStore } from './ui/settings-store.js';
import { authProvider } from './session/auth-provider.js';
import { menuPages } from './menu-pages.js';
import { text } from './texts/texts.js';

/** The lists of records, each with its pages, which are loaded when they are first opened. */
const resources = [
  {
    name: 'users',
    icon: UsersIcon,
    list: lazy(() => import('./users/user-list.js')),
    show: lazy(() => import('./users/user-page.js')),
    edit: lazy(() => import('./users/user-edit.js')),
    create: lazy(() => import('./users/user-create.js')),
    recordRepresentation: 'username',
  },
  {
    name: 'chats',
    icon: ChatsIcon,
    list: lazy(() => import('./chats/chat-list.js')),
    show: lazy(() => import('./chats/chat-page.js')),
  },
  {
    name: 'entries',
    icon: LedgerIcon,
    list: lazy(() => import('./ledger/entry-list.js')),
  },
  { name: 'orders', icon: OrdersIcon, list: lazy(() => import('./orders/order-list.js')) },
  {
    name: 'audit',
    icon: AuditIcon,
    list: lazy(() => import('./audit/audit-list.js')),
    show: lazy(() => import('./audit/audit-page.js')),
  },
];

const SignInPage = lazy(() => import('./session/sign-in-page.js'));
const FirstAdministratorPage = lazy(() => import('./session/first-administrator-page.js'));
/** Pages that others lead to. */
const linkedPages = [
  { path: '/webhooks/:id', Page: lazy(() => import('./webhooks/deliveries-page.js')) },
  {
    path: '/conversations/:userId/:id',
    Page: lazy(() => import('./conversations/conversation-page.js')),
  },
];

const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: shouldRetry, refetchOnWindowFocus: false } },
});

const store = settingsStore();

/** The administration page of a metered-chat server. */
export function App() {
  return <LocalizedApp key={useLanguage()} />;
}

/** The page in one language. */
function LocalizedApp() {
  const [themes] = useState(() => ({ light: lightTheme(), dark: darkTheme() }));
  return (
    // In the place of `Admin`, which brings the pages of react-admin that these replace.
    <AdminContext
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
      queryClient={queryClient}
      routerProvider={routerProvider}
      theme={themes.light}
      darkTheme={themes.dark}
      store={store}
    >
      <CssBaseline enableColorScheme />
      <CoreAdminUI
        title={text('app.title')}
        layout={Layout}
        loginPage={SignInPage}
        dashboard={OverviewPage}
        catchAll={MissingPage}
        error={FailedPage}
        loading={Loading}
        disableTelemetry
      >
        {resources.map((resource) => (
          <Resource key={resource.name} {...resource} />
        ))}
        <CustomRoutes>
          {[...menuPages(), ...linkedPages].map(({ path, Page }) => (
            <Route
              key={path}
              path={path}
              element={
                <Authenticated>
                  <Page />
                </Authenticated>
              }
            />
          ))}
        </CustomRoutes>
        <CustomRoutes noLayout>
          <Route path="/first-administrator/:secret?" element={<FirstAdministratorPage />} />
        </CustomRoutes>
      </CoreAdminUI>
      <Notification />
    </AdminContext>
  );
}

/** A rejected request would be rejected again; a server or proxy that was unavailable may respond the next time. */
function shouldRetry(failures: number, error: unknown): boolean {
  const status = error instanceof HttpError ? (error.status as number) : 0;
  return failures < 2 && (status === 0 || status === 502 || status === 503 || status === 504);
}
