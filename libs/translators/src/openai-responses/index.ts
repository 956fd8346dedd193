export { openAiResponses } from './format.js';
export { OpenAiResponsesModule } from './openai-responses.module.js';
