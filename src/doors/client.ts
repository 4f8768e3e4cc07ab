// `metered-chat/client`: a client of the HTTP API, typed by its OpenAPI document.

export { meteredChatClient, type MeteredChatClientOptions } from '../adapters/client/typed-client.js';
export type { components, operations, paths } from '../adapters/client/api-types.js';
