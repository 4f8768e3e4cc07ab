import type { Tracer } from '@opentelemetry/api';
import type { Core } from '../../domain/core.js';
import { withinSpan } from './spans.js';

/** Adds a span for the authentication of the caller. */
export function withCoreTraces(core: Core, tracer: Tracer): Core {
  return {
    ...core,
    auth: {
      ...core.auth,
      authenticate: (secret) => withinSpan(tracer, 'authenticate', {}, () => core.auth.authenticate(secret)),
    },
  };
}
