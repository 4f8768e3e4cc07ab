import AuditIcon from '@mui/icons-material/FactCheckOutlined';
import ChatsIcon from '@mui/icons-material/ForumOutlined';
import LedgerIcon from '@mui/icons-material/ReceiptLongOutlined';
import OrdersIcon from '@mui/icons-material/ShoppingCartOutlined';
import UsersIcon from '@mui/icons-material/PeopleAltOutlined';
import { QueryClient } from '@tanstack/react-query';
import { lazy } from 'react';
import { Admin, Authenticated, CustomRoutes, HttpError, localStorageStore, Resource } from 'react-admin';
import { Route } from 'react-router-dom';
import { basePath } from '../api/base-path.js';
import { AuditList } from './audit/audit-list.js';
import { AuditPage } from './audit/audit-page.js';
import { ChatList } from './chats/chat-list.js';
import { ChatPage } from './chats/chat-page.js';
import { OverviewPage } from './overview/overview-page.js';
import { EntryList } from './ledger/entry-list.js';
import { dataProvider } from './lists/data-provider.js';
import { Layout } from './ui/layout.js';
import { i18nProvider } from './ui/translations.js';
import { darkTheme, lightTheme } from './ui/theme.js';
import { routerProvider } from './ui/router-provider.js';
import { authProvider } from './session/auth-provider.js';
import { FirstAdministratorPage } from './session/first-administrator-page.js';
import { SignInPage } from './session/sign-in-page.js';
import { ServiceKeysPage } from './service-keys/service-keys-page.js';
import { UserCreate } from './users/user-create.js';
import { UserEdit } from './users/user-edit.js';
import { UserList } from './users/user-list.js';
import { UserPage } from './users/user-page.js';

// Loaded when they are first opened, so that the overview loads faster.
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
    <Admin
      title="metered-chat administration"
      authProvider={authProvider}
      dataProvider={dataProvider}
      i18nProvider={i18nProvider}
      queryClient={queryClient}
      layout={Layout}
      loginPage={SignInPage}
      routerProvider={routerProvider}
      dashboard={OverviewPage}
      theme={lightTheme}
      darkTheme={darkTheme}
      disableTelemetry
      store={store}
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
    </Admin>
  );
}

/** A rejected request would be rejected again; a server or proxy that was unavailable may respond the next time. */
function shouldRetry(failures: number, error: unknown): boolean {
  const status = error instanceof HttpError ? (error.status as number) : 0;
  return failures < 2 && (status === 0 || status === 502 || status === 503 || status === 504);
}
