import { type AnswerFormat } from '../wire/answer-format.js';
import { findDirective } from '../wire/directive.js';
import { WIRE_SHAPES } from '../wire/wire-shapes.js';
import { buildRequest, type RequestSpec } from './request-bytes.js';

const SPEC: RequestSpec = {
  port: 8000,
  format: 'openai-chat',
  model: 'bench-openai',
  headers: { authorization: 'Bearer k' },
  promptBytes: 100,
  directive: { answer: 'json', id: 1, chunks: 0, pace: 'burst' },
  isBodyPinned: true,
};

function split(request: Buffer): { head: string; body: Buffer } {
  const end = request.indexOf('\r\n\r\n');
  return { head: request.toString('latin1', 0, end), body: request.subarray(end + 4) };
}

describe('buildRequest', () => {
  it('announces the length of the body, in the head and in the directive', () => {
    const { head, body } = split(buildRequest(SPEC));

    expect(head).toContain(`\r\ncontent-length: ${body.length}\r\n`);
    expect(head).toContain('\r\nauthorization: Bearer k');
    expect(findDirective(body)?.bodyBytes).toBe(body.length);
  });

  it('leaves the length open where the body may be rewritten', () => {
    const { body } = split(buildRequest({ ...SPEC, isBodyPinned: false }));

    expect(findDirective(body)?.bodyBytes).toBe(0);
  });

  it.each(Object.entries(WIRE_SHAPES))('asks in %s, with the directive in its JSON', (format, { model, paths }) => {
    const directive = { ...SPEC.directive, answer: 'stream' } as const;
    const { head, body } = split(buildRequest({ ...SPEC, format: format as AnswerFormat, model, directive }));

    expect(head).toContain(`POST ${paths.stream} HTTP/1.1`);
    expect(`${head}${JSON.stringify(JSON.parse(body.toString()))}`).toContain(model);
    expect(findDirective(body)?.answer).toBe('stream');
  });

  it.each(Array.from({ length: 70 }, (_, extra) => 1000 + extra))(
    'writes valid JSON with %i bytes of prompt',
    (promptBytes) => {
      const { body } = split(buildRequest({ ...SPEC, promptBytes }));

      const parsed = JSON.parse(body.toString()) as { model: string; messages: { content: string }[] };
      expect(parsed.model).toBe('bench-openai');
      expect(body.length).toBeGreaterThanOrEqual(promptBytes);
    },
  );
});
