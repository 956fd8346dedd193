import { type Phase } from '../phases.js';
import { type Target } from '../targets.js';
import { type Directive } from '../wire/directive.js';
import { JSON_ANSWER_TEXT } from '../wire/json-answer.js';
import { renderBlankStream } from '../wire/stream-shape.js';
import { WIRE_SHAPES } from '../wire/wire-shapes.js';
import { type AnswerChecker, type OnChunk } from './answer-checker.js';
import { ExactChecker } from './exact-checker.js';
import { type Exchange } from './load-client.js';
import { MarkerChecker } from './marker-checker.js';
import { buildRequest } from './request-bytes.js';
import { StreamChecker } from './stream-checker.js';
import { TextChecker } from './text-checker.js';

export interface StreamOrder {
  readonly id: number;
  readonly chunks: number;
  readonly pace: Directive['pace'];
}

/** The exchanges of one phase with one target: what is asked, and how strictly the answer can be checked. */
export class ExchangeFactory {
  private readonly isExact: boolean;
  private jsonRequest: Buffer | undefined;
  private blank: Buffer = Buffer.alloc(0);
  private blankChunks = -1;

  constructor(
    private readonly phase: Phase,
    private readonly target: Target,
    private readonly ports: { readonly target: number; readonly mock: number },
  ) {
    this.isExact = target.isExact && (!target.translates || phase.client === phase.upstream);
  }

  json(): Exchange {
    this.jsonRequest ??= this.build({ answer: 'json', id: 0, chunks: 0, pace: 'burst' });
    const { json } = WIRE_SHAPES[this.phase.upstream];
    const checker = this.isExact && json !== undefined ? new ExactChecker(json) : new TextChecker(JSON_ANSWER_TEXT);
    return { request: this.jsonRequest, checker };
  }

  /** @param onChunk called for each content chunk, at the moment when it has arrived */
  stream(order: StreamOrder, onChunk: OnChunk): Exchange {
    return {
      request: this.build({ answer: 'stream', ...order }),
      checker: this.isExact ? this.exactStream(order.chunks, onChunk) : new MarkerChecker(order.chunks, onChunk),
    };
  }

  private exactStream(chunks: number, onChunk: OnChunk): AnswerChecker {
    const { stream: shape } = WIRE_SHAPES[this.phase.upstream];
    if (this.blankChunks !== chunks) {
      this.blank = renderBlankStream(shape, chunks);
      this.blankChunks = chunks;
    }
    return new StreamChecker(shape, this.blank, chunks, onChunk);
  }

  private build(directive: Omit<Directive, 'bodyBytes'>): Buffer {
    return buildRequest({
      port: this.ports.target,
      format: this.target.translates ? this.phase.client : this.phase.upstream,
      model: WIRE_SHAPES[this.phase.upstream].model,
      headers: this.target.headers(this.ports.mock),
      promptBytes: this.phase.promptBytes,
      directive,
      isBodyPinned: this.isExact,
    });
  }
}
