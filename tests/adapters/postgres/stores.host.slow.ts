import { storesOfHost } from './stores-of-hosts.js';

storesOfHost("a host's pool");
storesOfHost("a host's PGlite");
