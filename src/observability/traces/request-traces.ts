import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  type Tracer,
} from '@opentelemetry/api';
import type { IncomingRequest, RequestHook } from '../../adapters/http/kit/request-hooks.js';
import { withinSpan } from './spans.js';

/**
 * Adds a span for each request, a child of the span that the caller names (W3C Trace Context). It contains nothing of the
 * query, headers or body.
 */
export function traceRequests(tracer: Tracer, propagator: TextMapPropagator): RequestHook {
  return (request, work) => {
    const parent = propagator.extract(ROOT_CONTEXT, request, {
      get: (carrier: IncomingRequest, name) => carrier.header(name),
      keys: () => propagator.fields(),
    });
    const attributes = {
      'http.request.method': request.method,
      'metered_chat.request_id': request.requestId,
    };
    const options = { kind: SpanKind.SERVER, attributes };
    return withinSpan(
      tracer,
      request.method,
      options,
      async (span) => {
        const outcome = await work();
        const { route, status, userId } = outcome;
        span.updateName(`${request.method} ${route ?? 'unknown'}`);
        span.setAttribute('http.response.status_code', status);
        if (route !== null) span.setAttribute('http.route', route);
        if (userId !== null) span.setAttribute('user.id', userId);
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        return outcome;
      },
      parent,
    );
  };
}
