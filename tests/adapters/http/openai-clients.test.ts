import { testOpenAiClients } from './openai-client-suite.js';

// The long tests cover the SQL engines.
testOpenAiClients(['memory']);
