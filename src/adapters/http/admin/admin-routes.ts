import { adminAccessRoutes } from './admin-access-routes.js';
import { adminRecordsRoutes } from './admin-records-routes.js';
import { adminReportsRoutes } from './admin-reports-routes.js';
import { adminUsersRoutes } from './admin-users-routes.js';
import { firstAdminRoutes } from './first-admin-routes.js';
import type { HttpApp, HttpDeps } from '../kit/context.js';

/** The administration: everything under `/api/admin/`. */
export function adminRoutes(app: HttpApp, deps: HttpDeps): void {
  firstAdminRoutes(app, deps);
  adminUsersRoutes(app, deps);
  adminAccessRoutes(app, deps);
  adminRecordsRoutes(app, deps);
  adminReportsRoutes(app, deps);
}
