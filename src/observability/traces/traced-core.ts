import type { Tracer } from '@opentelemetry/api';
import type { Core } from '../../domain/core.js';
import { withinSpan } from './spans.js';

/** The core with a span for finding out who asks. */
export function tracedCore(core: Core, tracer: Tracer): Core {
  return {
    ...core,
    auth: {
      ...core.auth,
      authenticate: (secret) => withinSpan(tracer, 'authenticate', {}, () => core.auth.authenticate(secret)),
    },
  };
}
