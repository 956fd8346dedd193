export { OpenAiProviderModule } from './openai.module.js';
export { OpenAiProvider } from './openai.provider.js';
