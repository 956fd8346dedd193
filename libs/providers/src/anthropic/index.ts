export { AnthropicProviderModule } from './anthropic.module.js';
export { AnthropicProvider } from './anthropic.provider.js';
