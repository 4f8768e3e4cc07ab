import { adminAccessRoutes } from './admin-access-routes.js';
import { adminRecordsRoutes } from './admin-records-routes.js';
import { adminReportsRoutes } from './admin-reports-routes.js';
import { adminUsersRoutes } from './admin-users-routes.js';
import { firstAdminRoutes } from './first-admin-routes.js';
import type { HttpApp, HttpNeeds } from './context.js';

/** The administration: everything under `/api/admin/`. */
export function adminRoutes(app: HttpApp, needs: HttpNeeds): void {
  firstAdminRoutes(app, needs);
  adminUsersRoutes(app, needs);
  adminAccessRoutes(app, needs);
  adminRecordsRoutes(app, needs);
  adminReportsRoutes(app, needs);
}
