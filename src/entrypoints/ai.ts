// `metered-chat/ai`: models. Nothing of the AI SDK is loaded; `aiSdkModel` takes a model of it that you have made.

export { echoModel } from '../adapters/ai/echo.js';
export { connectModel, type ModelConnection } from '../adapters/ai/providers.js';
export { aiSdkModel } from '../adapters/ai/sdk-model.js';
