import { PrismaPg } from '@prisma/adapter-pg';
import { getPrismaClient } from '@prisma/client/runtime/client';
import type pg from 'pg';

/** The part of a Prisma client that the tests use. */
interface PrismaClient extends RawQueries {
  $transaction<Result>(
    work: (tx: RawQueries) => Promise<Result>,
    options?: { isolationLevel?: 'RepeatableRead'; timeout?: number },
  ): Promise<Result>;
  $disconnect(): Promise<void>;
}

interface RawQueries {
  $queryRawUnsafe(text: string, ...values: unknown[]): Promise<unknown>;
  $executeRawUnsafe(text: string): Promise<number>;
}

/** The types of Node do not declare `WebAssembly`. */
interface Compiler {
  compile(bytes: Uint8Array): Promise<unknown>;
}

const compiler = '@prisma/client/runtime/query_compiler_fast_bg.postgresql';

/** The configuration that `prisma generate` writes for a schema without models. The client has no engine, but an adapter. */
const config = {
  previewFeatures: [],
  clientVersion: '7.10.0',
  engineVersion: '',
  activeProvider: 'postgresql',
  inlineSchema: 'datasource db {\n  provider = "postgresql"\n}\n',
  runtimeDataModel: { models: {}, enums: {}, types: {} },
  parameterizationSchema: { strings: [], graph: 'AAAA' },
  compilerWasm: {
    getRuntime: () => import(`${compiler}.mjs`),
    getQueryCompilerWasmModule: async () => {
      const { wasm } = (await import(`${compiler}.wasm-base64.mjs`)) as { wasm: string };
      return (globalThis as never as { WebAssembly: Compiler }).WebAssembly.compile(
        Buffer.from(wasm, 'base64'),
      );
    },
    importName: './query_compiler_fast_bg.js',
  },
};

/** Opens a client of Prisma over its adapter for pg. */
export function prismaClient(pool: pg.Pool): PrismaClient {
  const Client = getPrismaClient(config as never) as unknown as new (options: object) => PrismaClient;
  return new Client({ adapter: new PrismaPg(pool) });
}
