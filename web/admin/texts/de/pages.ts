import type { Translation } from '../../../language/message.js';
import type { english } from '../en/pages.js';
import { audit } from './audit.js';
import { auditActions } from './audit-actions.js';
import { people } from './people.js';
import { records } from './records.js';
import { services } from './services.js';
import { shop } from './shop.js';
import { wallet } from './wallet.js';

/** The German texts of the pages that are loaded when they are opened. */
export const german: Translation<typeof english> = {
  ...people,
  ...wallet,
  ...records,
  ...audit,
  ...auditActions,
  ...shop,
  ...services,
};
