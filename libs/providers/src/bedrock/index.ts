export { BedrockProviderModule } from './bedrock.module.js';
export { BedrockProvider } from './bedrock.provider.js';
