import { ENDPOINTS, type AnswerFormat } from './answer-format.js';

/** Text in every unstreamed answer; a translated answer is recognised by it. */
export const JSON_ANSWER_TEXT = 'the answer of the mock vendor '.repeat(8).trim();

/** Unstreamed answers, about 600 bytes each. */
export const JSON_ANSWERS: Readonly<Record<AnswerFormat, Buffer>> = {
  'openai-chat': Buffer.from(
    JSON.stringify({
      id: 'chatcmpl-bench',
      object: 'chat.completion',
      created: 1_767_225_600,
      model: ENDPOINTS['openai-chat'].model,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: JSON_ANSWER_TEXT, refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 },
      system_fingerprint: 'fp_bench',
    }),
  ),
  'anthropic-messages': Buffer.from(
    JSON.stringify({
      id: 'msg_bench',
      type: 'message',
      role: 'assistant',
      model: ENDPOINTS['anthropic-messages'].model,
      content: [{ type: 'text', text: JSON_ANSWER_TEXT }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 9, output_tokens: 9 },
    }),
  ),
};
