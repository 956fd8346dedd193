export type { BodyLimits } from './body-collector.js';
export { clientAddress } from './client-address.js';
export { type RawBodyRequest, readRawBody } from './read-raw-body.js';
export { discardRest } from './discard-rest.js';
export { StablePrototypeExpressAdapter } from './stable-prototype-express.adapter.js';
export { TrustedProxies } from './trusted-proxies.js';
