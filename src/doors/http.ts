// `metered-chat/http`: the API as an app that mounts into any fetch-style server.

export { mountableApp, type MountableAppOptions } from '../adapters/http/mountable-app.js';
export type { HttpApp } from '../adapters/http/context.js';
