import { accountImporterContract } from '../contracts/account-importer.contract.js';
import { openEngine } from './http/engines.js';

accountImporterContract('memory', () => openEngine('memory'));
accountImporterContract('embedded', () => openEngine('embedded'));
accountImporterContract('postgres', () => openEngine('postgres'));
