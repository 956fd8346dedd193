export { openAiCompletions } from './format.js';
export { OpenAiCompletionsModule } from './openai-completions.module.js';
