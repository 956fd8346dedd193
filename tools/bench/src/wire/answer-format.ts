/** Wire formats in which the bench speaks: the mock vendor answers in them, the generator asks in those that clients speak. */
export type AnswerFormat = 'openai-chat' | 'anthropic-messages' | 'kiro';
