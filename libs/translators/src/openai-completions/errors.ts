import { openAiErrors } from '@sluice/translator-kit';

export const errors = openAiErrors('openai-completions');
