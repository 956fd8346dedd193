import { createServer } from 'node:http';
import { UndiciRelay } from './undici-relay.js';

/** The shell comparison: plain `node:http` around the undici relay. Usage: node bare-relay.js <port> <upstream port> */
const [port, upstreamPort] = process.argv.slice(2).map(Number);
const relay = new UndiciRelay(upstreamPort ?? 0);

createServer((request, response) => relay.handle(request, response)).listen(port, '127.0.0.1');
