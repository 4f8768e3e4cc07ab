// `metered-chat/client`: a client of the HTTP API, typed by its OpenAPI document.

export { meteredChatClient, type MeteredChatClientOptions } from '../client/typed-client.js';
export type { components, operations, paths } from '../client/generated/api-types.js';
