import * as vitest from 'vitest';
import { accountImporterContract } from '../../src/testing/account-importer.contract.js';
import { openEngine } from './http/engines.js';

accountImporterContract(vitest, 'memory', () => openEngine('memory'));
accountImporterContract(vitest, 'embedded', () => openEngine('embedded'));
accountImporterContract(vitest, 'postgres', () => openEngine('postgres'));
