import { tryOpenAiClients } from './openai-client-suite.js';

tryOpenAiClients(['embedded', 'postgres']);
