export { AnthropicMessagesModule } from './anthropic-messages.module.js';
export { anthropicMessages } from './format.js';
