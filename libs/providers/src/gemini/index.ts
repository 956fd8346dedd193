export { GeminiProviderModule } from './gemini.module.js';
export { GeminiProvider } from './gemini.provider.js';
