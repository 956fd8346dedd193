export { OpenAiCompatibleProviderModule } from './openai-compatible.module.js';
export { OpenAiCompatibleProvider } from './openai-compatible.provider.js';
