/** Wire formats in which the bench speaks: the mock vendor answers in them, the generator asks in them. */
export type AnswerFormat = 'openai-chat' | 'anthropic-messages';

export interface FormatEndpoint {
  /** Path of the inference call, at the vendor and at the gateway alike. */
  readonly path: string;
  /** Model name; the gateway under test routes it to the account that speaks this format. */
  readonly model: string;
}

export const ENDPOINTS: Readonly<Record<AnswerFormat, FormatEndpoint>> = {
  'openai-chat': { path: '/v1/chat/completions', model: 'bench-openai' },
  'anthropic-messages': { path: '/v1/messages', model: 'bench-anthropic' },
};
