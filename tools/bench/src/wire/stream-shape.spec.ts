import { renderBlankStream, renderFrame, STREAM_SHAPES } from './stream-shape.js';

describe('StreamShape', () => {
  describe('renderFrame', () => {
    it('fills the number and the stamp into the text of an OpenAI chunk', () => {
      const frame = renderFrame(STREAM_SHAPES['openai-chat'], 12, 123_456_789_012);

      const payload = JSON.parse(frame.toString().slice('data: '.length)) as {
        choices: { delta: { content: string } }[];
      };
      expect(payload.choices[0]?.delta.content).toBe('#00000012@0000123456789012; some text');
    });

    it('leaves the shared blank frame as it was', () => {
      renderFrame(STREAM_SHAPES['anthropic-messages'], 99_999_999, 9_999_999_999_999_999);

      expect(STREAM_SHAPES['anthropic-messages'].frame.toString()).toContain('#00000000@0000000000000000;');
    });
  });

  describe('renderBlankStream', () => {
    it('numbers the chunks from zero, between head and tail', () => {
      const text = renderBlankStream(STREAM_SHAPES['openai-chat'], 3).toString();

      expect(text.match(/#\d{8}/g)).toEqual(['#00000000', '#00000001', '#00000002']);
      expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    });
  });
});
