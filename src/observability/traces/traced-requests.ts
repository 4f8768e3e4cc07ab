import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type TextMapPropagator,
  type Tracer,
} from '@opentelemetry/api';
import { withinSpan } from './spans.js';

interface Arrived {
  requestId: string;
  method: string;
  header(name: string): string | undefined;
}

interface Answered {
  route: string | null;
  status: number;
  userId: string | null;
}

export type AroundTraced = <Request extends Answered>(
  arrived: Arrived,
  work: () => Promise<Request>,
) => Promise<Request>;

/** A span for each request, below the one that its caller names (W3C Trace Context), with nothing of what it carries. */
export function tracedRequests(tracer: Tracer, propagator: TextMapPropagator): AroundTraced {
  return (arrived, work) => {
    const parent = propagator.extract(ROOT_CONTEXT, arrived, {
      get: (request: Arrived, name) => request.header(name),
      keys: () => propagator.fields(),
    });
    const attributes = {
      'http.request.method': arrived.method,
      'metered_chat.request_id': arrived.requestId,
    };
    const response = async (span: Parameters<Parameters<typeof withinSpan>[3]>[0]) => {
      const answered = await work();
      const { route, status, userId } = answered;
      span.updateName(`${arrived.method} ${route ?? 'unknown'}`);
      span.setAttribute('http.response.status_code', status);
      if (route !== null) span.setAttribute('http.route', route);
      if (userId !== null) span.setAttribute('user.id', userId);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      return answered;
    };
    return withinSpan(tracer, arrived.method, { kind: SpanKind.SERVER, attributes }, response, parent);
  };
}
