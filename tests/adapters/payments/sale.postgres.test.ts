import { saleSuite } from './sale.js';

saleSuite('postgres');
