/** How an answer stands. @see https://platform.openai.com/docs/api-reference/responses/object */
export type ResponseStatus = 'completed' | 'failed' | 'in_progress' | 'cancelled' | 'queued' | 'incomplete';

/** Some servers end their streams as Chat Completions does; the format itself has no such event. */
export const FOREIGN_DONE = '[DONE]';
