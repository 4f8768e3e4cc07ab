import { liveResponse, notReadyResponse, readyResponse } from '../../operations/health-routes.js';
import type { Operations } from './operation.js';

/** What those ask who run the server, and those who look for this document. */
export const serviceOperations: Operations = {
  '/health/live': {
    GET: {
      id: 'isLive',
      tag: 'Operations',
      summary: 'Whether the process answers',
      access: 'anyone',
      responses: { 200: { description: 'It does.', json: liveResponse, example: { status: 'live' } } },
    },
  },
  '/health/ready': {
    GET: {
      id: 'isReady',
      tag: 'Operations',
      summary: 'Whether the server can serve, its database included',
      access: 'anyone',
      responses: {
        200: { description: 'It can.', json: readyResponse, example: { status: 'ready' } },
        503: {
          description: 'Not yet, or not any more.',
          json: notReadyResponse,
          example: { status: 'draining' },
          headers: ['Retry-After'],
        },
      },
    },
  },
  '/metrics': {
    GET: {
      id: 'readMetrics',
      tag: 'Operations',
      summary: 'What the server measures, for Prometheus',
      description:
        'For programs on the same machine, and for who bears the `METRICS_TOKEN` of the settings as `Authorization: Bearer …`. What a proxy passes on is from elsewhere.',
      access: 'anyone',
      responses: {
        200: {
          description: 'One line for each count.',
          json: null,
          text: {
            mediaType: 'text/plain',
            example: '# TYPE metered_chat_holds_open gauge\nmetered_chat_holds_open 0\n',
          },
        },
      },
      problems: ['unauthenticated', 'loopback_only'],
    },
  },
};
