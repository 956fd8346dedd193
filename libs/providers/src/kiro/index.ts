export { KiroProviderModule } from './kiro.module.js';
export { KiroProvider } from './kiro.provider.js';
export type { KiroLogin } from './login/kiro-login.js';
export type { CredentialOrigin, KiroCredentialSource } from './sources/kiro-credential-source.js';
export type { UsageLimits } from './usage/usage-limits.js';
