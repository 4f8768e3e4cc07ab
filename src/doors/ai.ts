// `metered-chat/ai`: models. The AI SDK is loaded when a model that needs it is first asked.

export { echoModel } from '../adapters/ai/echo.js';
export { connectModel, type ModelConnection } from '../adapters/ai/providers.js';
export { aiSdkModel } from '../adapters/ai/sdk-model.js';
