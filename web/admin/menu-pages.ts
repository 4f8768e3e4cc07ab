import KeyIcon from '@mui/icons-material/VpnKeyOutlined';
import ModelsIcon from '@mui/icons-material/HubOutlined';
import PackagesIcon from '@mui/icons-material/Inventory2Outlined';
import VouchersIcon from '@mui/icons-material/RedeemOutlined';
import WebhooksIcon from '@mui/icons-material/WebhookOutlined';
import { lazy } from 'react';
import { text } from './texts/texts.js';

const PackagesPage = lazy(() => import('./packages/packages-page.js'));
const VouchersPage = lazy(() => import('./vouchers/vouchers-page.js'));
const WebhooksPage = lazy(() => import('./webhooks/webhooks-page.js'));
const ModelsPage = lazy(() => import('./models/models-page.js'));
const ServiceKeysPage = lazy(() => import('./service-keys/service-keys-page.js'));

/** The pages in the navigation that are no lists of records. */
export const menuPages = () => [
  { path: '/packages', label: text('menu.packages'), Icon: PackagesIcon, Page: PackagesPage },
  { path: '/vouchers', label: text('menu.vouchers'), Icon: VouchersIcon, Page: VouchersPage },
  { path: '/webhooks', label: text('menu.webhooks'), Icon: WebhooksIcon, Page: WebhooksPage },
  { path: '/models', label: text('menu.models'), Icon: ModelsIcon, Page: ModelsPage },
  { path: '/service-keys', label: text('menu.serviceKeys'), Icon: KeyIcon, Page: ServiceKeysPage },
];
