/** The defaults of the HTTP API that an operator or embedder may change. */
export const httpDefaults = { maxChatBodyBytes: 4 * 1024 * 1024, streamKeepAliveMs: 5000 };
