import { audit } from './audit.js';
import { auditActions } from './audit-actions.js';
import { people } from './people.js';
import { records } from './records.js';
import { services } from './services.js';
import { shop } from './shop.js';
import { wallet } from './wallet.js';

/** The English texts of the pages that are loaded when they are opened. */
export const english = {
  ...people,
  ...wallet,
  ...records,
  ...audit,
  ...auditActions,
  ...shop,
  ...services,
} as const;
