// `metered-chat/ai-sdk`: models and tools of the AI SDK whose calls an account pays for. It imports no package.

export { meteredModel, type MeteredModelOptions } from '../adapters/ai/metering/metered-model.js';
export {
  meteredTool,
  type AiSdkTool,
  type MeteredToolOptions,
} from '../adapters/ai/metering/metered-tool.js';
export type { AiSdkModel } from '../adapters/ai/metering/language-model.js';
