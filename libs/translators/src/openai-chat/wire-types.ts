/** The data of the last event of every stream. @see https://platform.openai.com/docs/api-reference/chat/streaming */
export const DONE = '[DONE]';

/** The members that hold what the model wrote, quoted, the most frequent first. */
export const CONTENT_MEMBERS = [
  '"content"',
  '"arguments"',
  '"reasoning_content"',
  '"reasoning"',
  '"reasoning_text"',
  '"refusal"',
];
