export { CodexProviderModule } from './codex.module.js';
export { CodexProvider } from './codex.provider.js';
