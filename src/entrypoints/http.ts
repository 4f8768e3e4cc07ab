// `metered-chat/http`: the API as an app that can be mounted in any server with the fetch interface.

export { mountableApp, type MountableAppOptions } from '../adapters/http/mountable-app.js';
export type { HttpApp, IdentifyUser } from '../adapters/http/kit/context.js';
export { packagedPages, type Pages } from '../adapters/http/pages/pages.js';
export type { HostBindings } from '../adapters/http/kit/context.js';
