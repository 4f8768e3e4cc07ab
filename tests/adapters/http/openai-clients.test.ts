import { tryOpenAiClients } from './openai-client-suite.js';

// The SQL engines are looked at in the long tests.
tryOpenAiClients(['memory']);
