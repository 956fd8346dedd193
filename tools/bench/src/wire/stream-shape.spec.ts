import { EventStreamCodec } from '@smithy/eventstream-codec';
import { renderBlankStream, renderFrame } from './stream-shape.js';
import { WIRE_SHAPES } from './wire-shapes.js';

describe('StreamShape', () => {
  describe('renderFrame', () => {
    it('fills the number and the stamp into the text of an OpenAI chunk', () => {
      const frame = renderFrame(WIRE_SHAPES['openai-chat'].stream, 12, 123_456_789_012);

      const payload = JSON.parse(frame.toString().slice('data: '.length)) as {
        choices: { delta: { content: string } }[];
      };
      expect(payload.choices[0]?.delta.content).toBe('#00000012@0000123456789012; some text');
    });

    it('writes checksums that the vendor’s own codec accepts', () => {
      const codec = new EventStreamCodec(
        (bytes) => Buffer.from(bytes).toString(),
        (text) => Buffer.from(text),
      );

      const { body } = codec.decode(renderFrame(WIRE_SHAPES.kiro.stream, 12, 123_456_789_012));

      expect(JSON.parse(Buffer.from(body).toString())).toEqual({
        content: '#00000012@0000123456789012; some text',
      });
    });

    it('leaves the shared blank frame as it was', () => {
      renderFrame(WIRE_SHAPES['anthropic-messages'].stream, 99_999_999, 9_999_999_999_999_999);

      expect(WIRE_SHAPES['anthropic-messages'].stream.frame.toString()).toContain('#00000000@0000000000000000;');
    });
  });

  describe('renderBlankStream', () => {
    it('numbers the chunks from zero, between head and tail', () => {
      const text = renderBlankStream(WIRE_SHAPES['openai-chat'].stream, 3).toString();

      expect(text.match(/#\d{8}/g)).toEqual(['#00000000', '#00000001', '#00000002']);
      expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
    });
  });
});
