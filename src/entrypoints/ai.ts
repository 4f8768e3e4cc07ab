// `metered-chat/ai`: models. The AI SDK is not loaded; `aiSdkModel` accepts a model that you have created with it.

export { echoModel } from '../adapters/ai/echo.js';
export { connectModel, type ModelConnection } from '../adapters/ai/providers.js';
export { aiSdkModel } from '../adapters/ai/sdk-model.js';
