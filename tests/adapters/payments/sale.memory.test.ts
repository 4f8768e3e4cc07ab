import { saleSuite } from './sale.js';

saleSuite('memory');
