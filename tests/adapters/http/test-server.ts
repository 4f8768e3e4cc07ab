import { startHttpServer, type HttpServer, type BodyPace } from '../../../src/adapters/http/server/server.js';
import { openEngine, type EngineName } from './engines.js';
import { testApi, type TestApi, type TestApiOptions } from './test-api.js';

/** The API behind a real socket, in this process. */
export interface TestServer extends TestApi {
  url: string;
  server: HttpServer;
  close(): Promise<void>;
}

/** Starts the API on a free port, over stores of its own. */
export async function startTestServer(
  name: EngineName,
  options: TestApiOptions & { writeTimeoutMs?: number; bodyPace?: BodyPace } = {},
): Promise<TestServer> {
  const engine = await openEngine(name);
  const api = testApi(engine, options);
  const server = await startHttpServer({
    port: 0,
    host: '127.0.0.1',
    fetch: api.app.fetch,
    writeTimeoutMs: options.writeTimeoutMs ?? 30_000,
    ...(options.bodyPace === undefined ? {} : { bodyPace: options.bodyPace }),
  });
  return {
    ...api,
    url: server.url,
    server,
    close: async () => {
      await server.stop(1000);
      await engine.close();
    },
  };
}
