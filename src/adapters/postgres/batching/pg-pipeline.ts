import { Socket } from 'node:net';
import pg from 'pg';
import type { Statement } from '../database.js';

/** One connection, and how many statements are on it. */
interface Lane {
  inFlight: number;
  connection: Promise<Connection> | null;
}

interface Connection {
  client: pg.Client;
  /** Sends what is written in this turn of the event loop in one go. */
  gather: () => void;
}

export interface PgPipeline {
  /** Rejects with the driver's error. */
  query<Row>(statement: Statement): Promise<Row[]>;
  /** How many connections are open or about to be, and how many of them nothing is sent on. */
  connections(): { total: number; idle: number };
  close(): Promise<void>;
}

/**
 * A few connections that many short statements share, each a transaction of its own. A statement is sent without
 * waiting for the answers to those before it, and statements that arrive together leave together: half the system
 * calls and context switches of a connection each. Not for what may wait for a lock or take long: it delays what is behind.
 */
export function pgPipeline(config: pg.ClientConfig, options: { lanes: number }): PgPipeline {
  const lanes = Array.from({ length: options.lanes }, (): Lane => ({ inFlight: 0, connection: null }));
  return {
    async query<Row>(statement: Statement) {
      const lane = lanes.reduce((least, other) => (other.inFlight < least.inFlight ? other : least));
      lane.inFlight += 1;
      try {
        lane.connection ??= open(config, lane);
        const { client, gather } = await lane.connection;
        gather();
        const { rows } = await client.query({ ...statement, values: [...(statement.values ?? [])] });
        return rows as Row[];
      } finally {
        lane.inFlight -= 1;
      }
    },
    connections() {
      const open = lanes.filter(({ connection }) => connection !== null);
      return { total: open.length, idle: open.filter(({ inFlight }) => inFlight === 0).length };
    },
    async close() {
      const open = lanes.flatMap(({ connection }) => (connection === null ? [] : [connection]));
      await Promise.allSettled(open.map(async (connection) => (await connection).client.end()));
    },
  };
}

/** Opens a lane's connection. One that could not be opened, or breaks later, makes room for a new one. */
function open(config: pg.ClientConfig, lane: Lane): Promise<Connection> {
  const forget = () => {
    if (lane.connection === connection) lane.connection = null;
  };
  const connection = connect(config, forget);
  connection.catch(forget);
  return connection;
}

async function connect(config: pg.ClientConfig, onBroken: () => void): Promise<Connection> {
  const socket = new Socket();
  const client = new pg.Client({ ...config, pipeline: true, stream: () => socket });
  client.on('error', onBroken);
  client.on('end', onBroken);
  await client.connect();
  return { client, gather: gatherer(socket) };
}

function gatherer(socket: Socket): () => void {
  let gathering = false;
  return () => {
    if (gathering) return;
    gathering = true;
    socket.cork();
    setImmediate(() => {
      gathering = false;
      socket.uncork();
    });
  };
}
