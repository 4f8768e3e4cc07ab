import { testOpenAiClients } from './openai-client-suite.js';

testOpenAiClients(['embedded', 'postgres']);
