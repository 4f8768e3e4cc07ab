import { saleSuite } from './sale.js';

saleSuite('embedded');
