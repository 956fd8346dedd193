import { replaceSpans, type MemberSpan, type SpanEdit } from '@sluice/streaming';
import type { AnswerObserver } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';

type FindSpans = NonNullable<AnswerObserver['modelSpans']>;

/** No answer without it names a model: most events of some formats do not, and are not looked at any closer. */
const MODEL_KEY = '"model"';
const DATA_FIELD = 'data:';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const OPEN_BRACE = 0x7b;
const BYTE_ORDER_MARK_BYTES = 3;

/**
 * Puts the name that the client sent in the place of the vendor's name for the model; every other byte stays. An answer that
 * names the model so already, or does not name it, is handed on as the very same Buffer.
 */
export class ModelEcho {
  readonly #modelJson: string;
  readonly #findSpans: FindSpans;
  /** The last chunk ended in the middle of a line, whose rest must not be taken for a line of its own. */
  #isInsideLine = false;

  constructor(model: string, findSpans: FindSpans) {
    this.#modelJson = JSON.stringify(model);
    this.#findSpans = findSpans;
  }

  /** Undefined unless it is wanted and the format can. One per answer. */
  static of(exchange: Exchange, { modelSpans }: AnswerObserver): ModelEcho | undefined {
    const { facts } = exchange;
    if (facts === undefined || modelSpans === undefined || !isWanted(exchange)) return undefined;
    return new ModelEcho(facts.model, modelSpans);
  }

  /** A whole JSON answer. */
  inBody(body: Buffer): Buffer {
    const isMarked = body[0] !== OPEN_BRACE && body[BYTE_ORDER_MARK_BYTES] === OPEN_BRACE;
    return splice(body, this.#edits(body, isMarked ? BYTE_ORDER_MARK_BYTES : 0));
  }

  /** The next bytes of an event stream. Only lines that are whole in their chunk are changed. */
  inStream(chunk: Buffer): Buffer {
    const edits = chunk.includes(MODEL_KEY) ? this.#editsOfLines(chunk) : [];
    this.#isInsideLine = !endsLine(chunk[chunk.length - 1]);
    return splice(chunk, edits);
  }

  #editsOfLines(chunk: Buffer): readonly SpanEdit[] {
    const edits: SpanEdit[] = [];
    for (let at = chunk.indexOf(DATA_FIELD); at !== -1; at = chunk.indexOf(DATA_FIELD, at)) {
      const startsLine = at === 0 ? !this.#isInsideLine : endsLine(chunk[at - 1]);
      at += DATA_FIELD.length;
      if (!startsLine) continue;
      while (chunk[at] === SPACE) at += 1;
      edits.push(...this.#edits(chunk, at));
    }
    return edits;
  }

  #edits(json: Buffer, at: number): readonly SpanEdit[] {
    return this.#findSpans(json, at)
      .filter((span) => this.#isOther(json, span))
      .map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd, text: this.#modelJson }));
  }

  /** Whether a name stands there (null and the empty string are none), and not the client's. */
  #isOther(json: Buffer, { valueStart, valueEnd }: MemberSpan): boolean {
    if (json[valueStart] !== QUOTE || valueEnd - valueStart <= '""'.length) return false;
    return json.toString('utf8', valueStart, valueEnd) !== this.#modelJson;
  }
}

/** By itself only where the vendor was asked for another name than the client's. */
function isWanted({ snapshot, request, facts, attempt }: Exchange): boolean {
  const { echoModel } = snapshot.settings;
  if (echoModel !== 'auto') return echoModel;
  return request.format.client?.looksForItsModel === true && attempt?.upstreamModel !== facts?.model;
}

function splice(bytes: Buffer, edits: readonly SpanEdit[]): Buffer {
  return edits.length === 0 ? bytes : replaceSpans(bytes, edits);
}

function endsLine(byte: number | undefined): boolean {
  return byte === LF || byte === CR;
}
