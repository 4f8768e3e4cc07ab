// `metered-chat/memory`: every store in this process's memory. Imports no package and nothing of Node.

export { memoryStores } from '../adapters/memory/memory-stores.js';
