import type { Route } from '../kit/define-route.js';
import { isLive, isReady } from './health.js';
import { readMeteringVectors } from './metering-vectors.js';
import { readMetrics } from './metrics.js';
import { openApiRoute } from './openapi.js';

/**
 * What operators and clients need to know about the server.
 *
 * @param allRoutes Returns the routes of the OpenAPI document.
 */
export function operationsRoutes(allRoutes: () => readonly Route[]): readonly Route[] {
  return [isLive, isReady, readMetrics, readMeteringVectors, openApiRoute(allRoutes)];
}
