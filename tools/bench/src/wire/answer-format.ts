/** Wire formats in which the bench speaks: the mock vendor answers in them, the generator asks in those that clients speak. */
export type AnswerFormat =
  'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini' | 'bedrock-converse' | 'kiro';
