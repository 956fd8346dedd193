export { ApiKeyIndex } from './api-key-index.js';
export { AuthModule } from './auth.module.js';
export { ANONYMOUS, Authenticator } from './authenticator.js';
export { generateClientKey } from './client-key.js';
export { extractClientKeys, MAX_CLIENT_KEY_LENGTH } from './extract-client-keys.js';
export { hashKey } from './hash-key.js';
export { KeyCache, KNOWN_KEY_TTL_MS, MAX_KNOWN_KEYS, MAX_UNKNOWN_KEYS, UNKNOWN_KEY_TTL_MS } from './key-cache.js';
export { KeyStore, NoKeyStore } from './key-store.js';
export type { Principal } from './principal.js';
