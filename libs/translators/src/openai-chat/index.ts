export { openAiChat } from './format.js';
export { OpenAiChatModule } from './openai-chat.module.js';
