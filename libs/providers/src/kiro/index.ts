export { KiroProviderModule } from './kiro.module.js';
export { KiroProvider } from './kiro.provider.js';
