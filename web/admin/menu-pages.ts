import KeyIcon from '@mui/icons-material/VpnKeyOutlined';
import ModelsIcon from '@mui/icons-material/HubOutlined';
import PackagesIcon from '@mui/icons-material/Inventory2Outlined';
import VouchersIcon from '@mui/icons-material/RedeemOutlined';
import WebhooksIcon from '@mui/icons-material/WebhookOutlined';
import { lazy } from 'react';

/** The pages in the navigation that are no lists of records. */
export const menuPages = [
  {
    path: '/packages',
    label: 'Packages',
    Icon: PackagesIcon,
    Page: lazy(() => import('./packages/packages-page.js')),
  },
  {
    path: '/vouchers',
    label: 'Vouchers',
    Icon: VouchersIcon,
    Page: lazy(() => import('./vouchers/vouchers-page.js')),
  },
  {
    path: '/webhooks',
    label: 'Webhooks',
    Icon: WebhooksIcon,
    Page: lazy(() => import('./webhooks/webhooks-page.js')),
  },
  {
    path: '/models',
    label: 'Models',
    Icon: ModelsIcon,
    Page: lazy(() => import('./models/models-page.js')),
  },
  {
    path: '/service-keys',
    label: 'Service keys',
    Icon: KeyIcon,
    Page: lazy(() => import('./service-keys/service-keys-page.js')),
  },
];
