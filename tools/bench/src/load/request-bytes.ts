import { type AnswerFormat } from '../wire/answer-format.js';
import { renderDirective, type Directive } from '../wire/directive.js';
import { WIRE_SHAPES } from '../wire/wire-shapes.js';

export interface RequestSpec {
  readonly port: number;
  /** Format of the body and of the path. */
  readonly format: AnswerFormat;
  /** Model name; a gateway routes by it. */
  readonly model: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Filler in the prompt, in bytes. */
  readonly promptBytes: number;
  readonly directive: Omit<Directive, 'bodyBytes'>;
  /** Whether the mock shall refuse a body of another length: true where nothing may change it. */
  readonly isBodyPinned: boolean;
}

const FILLER = 'The quick brown fox jumps over the lazy dog, and \\"quotes\\" it\\n';

/** One complete HTTP request. */
export function buildRequest(spec: RequestSpec): Buffer {
  const body = buildBody(spec);
  const lines = [
    `POST ${WIRE_SHAPES[spec.format].paths[spec.directive.answer]} HTTP/1.1`,
    `host: 127.0.0.1:${spec.port}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    ...Object.entries(spec.headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}

function buildBody({ format, model, promptBytes, directive, isBodyPinned }: RequestSpec): Buffer {
  const filler = FILLER.repeat(Math.ceil(promptBytes / FILLER.length)).slice(0, safeCut(promptBytes));
  const render = (bodyBytes: number): string =>
    WIRE_SHAPES[format].body({
      model,
      isStream: directive.answer === 'stream',
      prompt: `${renderDirective({ ...directive, bodyBytes })} ${filler}`,
    });
  const length = Buffer.byteLength(render(0));
  return Buffer.from(render(isBodyPinned ? length : 0));
}

/** A cut of the filler that does not end inside an escape. */
function safeCut(length: number): number {
  const rest = length % FILLER.length;
  return FILLER[rest - 1] === '\\' ? length - 1 : length;
}
