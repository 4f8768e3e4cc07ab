// `metered-chat/memory`: all stores in the memory of this process. It imports no package and no Node module.

export { memoryStores } from '../adapters/memory/memory-stores.js';
