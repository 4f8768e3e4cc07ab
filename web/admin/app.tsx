import AuditIcon from '@mui/icons-material/FactCheckOutlined';
import ChatsIcon from '@mui/icons-material/ForumOutlined';
import LedgerIcon from '@mui/icons-material/ReceiptLongOutlined';
import OrdersIcon from '@mui/icons-material/ShoppingCartOutlined';
import UsersIcon from '@mui/icons-material/PeopleAltOutlined';
import { CssBaseline } from '@mui/material';
import { QueryClient } from '@tanstack/react-query';
import { lazy, type ComponentType } from 'react';
import {
  AdminContext,
  Authenticated,
  CoreAdminUI,
  CustomRoutes,
  Error as ErrorPage,
  HttpError,
  LoadingPage,
  localStorageStore,
  NotFound,
  Notification,
  Resource,
} from 'react-admin';
import { Route } from 'react-router-dom';
import { basePath } from '../api/base-path.js';
import { OverviewPage } from './overview/overview-page.js';
import { dataProvider } from './lists/data-provider.js';
import { Layout } from './ui/layout.js';
import { i18nProvider } from './ui/translations.js';
import { darkTheme, lightTheme } from './ui/theme.js';
import { routerProvider } from './ui/router-provider.js';
import { authProvider } from './session/auth-provider.js';
import { ServiceKeysPage } from './service-keys/service-keys-page.js';

/** A page that is loaded when it is first opened, so that the overview loads faster. */
function loadedPage<Name extends string>(name: Name, load: () => Promise<Record<Name, ComponentType>>) {
  return lazy(async () => ({ default: (await load())[name] }));
}

const AuditList = loadedPage('AuditList', () => import('./audit/audit-list.js'));
const AuditPage = loadedPage('AuditPage', () => import('./audit/audit-page.js'));
const ChatList = loadedPage('ChatList', () => import('./chats/chat-list.js'));
const ChatPage = loadedPage('ChatPage', () => import('./chats/chat-page.js'));
const EntryList = loadedPage('EntryList', () => import('./ledger/entry-list.js'));
const FirstAdministratorPage = loadedPage(
  'FirstAdministratorPage',
  () => import('./session/first-administrator-page.js'),
);
const SignInPage = loadedPage('SignInPage', () => import('./session/sign-in-page.js'));
const UserCreate = loadedPage('UserCreate', () => import('./users/user-create.js'));
const UserEdit = loadedPage('UserEdit', () => import('./users/user-edit.js'));
const UserList = loadedPage('UserList', () => import('./users/user-list.js'));
const UserPage = loadedPage('UserPage', () => import('./users/user-page.js'));
const DeliveriesPage = lazy(() => import('./webhooks/deliveries-page.js'));
const ModelsPage = lazy(() => import('./models/models-page.js'));
const OrderList = lazy(() => import('./orders/order-list.js'));
const VouchersPage = lazy(() => import('./vouchers/vouchers-page.js'));
const WebhooksPage = lazy(() => import('./webhooks/webhooks-page.js'));

const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: shouldRetry, refetchOnWindowFocus: false } },
});

/** The settings of the user of this browser. Servers below different paths of one host share its local storage. */
const store = localStorageStore(undefined, basePath);

/** The pages that are no lists of records. */
const pages = [
  ['/vouchers', <VouchersPage key="vouchers" />],
  ['/webhooks', <WebhooksPage key="webhooks" />],
  ['/webhooks/:id', <DeliveriesPage key="deliveries" />],
  ['/models', <ModelsPage key="models" />],
  ['/service-keys', <ServiceKeysPage key="service-keys" />],
] as const;

/** The administration page of a metered-chat server. */
export function App() {
  return (
    // In the place of `Admin`, which brings the pages of react-admin that these replace.
    <AdminContext
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
      queryClient={queryClient}
      routerProvider={routerProvider}
      theme={lightTheme}
      darkTheme={darkTheme}
      store={store}
    >
      <CssBaseline enableColorScheme />
      <CoreAdminUI
        title="metered-chat administration"
        layout={Layout}
        loginPage={SignInPage}
        dashboard={OverviewPage}
        catchAll={MissingPage}
        error={ErrorPage}
        loading={LoadingPage}
        disableTelemetry
      >
        <Resource
          name="users"
          icon={UsersIcon}
          list={UserList}
          show={UserPage}
          edit={UserEdit}
          create={UserCreate}
          recordRepresentation="username"
        />
        <Resource name="chats" icon={ChatsIcon} list={ChatList} show={ChatPage} />
        <Resource name="entries" icon={LedgerIcon} list={EntryList} options={{ label: 'Ledger' }} />
        <Resource name="orders" icon={OrdersIcon} list={OrderList} />
        <Resource
          name="audit"
          icon={AuditIcon}
          list={AuditList}
          show={AuditPage}
          options={{ label: 'Audit log' }}
        />
        <CustomRoutes>
          {pages.map(([path, page]) => (
            <Route key={path} path={path} element={<Authenticated>{page}</Authenticated>} />
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

function MissingPage() {
  return <NotFound />;
}
