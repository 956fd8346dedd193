import { type AnswerChecker } from './answer-checker.js';
import { HttpConnection, type ConnectionSink } from './http-connection.js';

/** What a client sends and how it judges the answer. */
export interface Exchange {
  readonly request: Buffer;
  readonly checker: AnswerChecker;
}

export interface LoadClientEvents {
  /** The next exchange; undefined ends the client. Called when it connects and after each answer. */
  next(): Exchange | undefined;
  /** A verified answer, or a fault. A fault ends the client when its connection is gone. */
  answered(fault: string | undefined): void;
}

const OK = 200;
const SHOWN_BODY_BYTES = 300;

/** A closed-loop client: one connection, one request at a time, each answer verified. */
export class LoadClient implements ConnectionSink {
  private connection: HttpConnection | undefined;
  private exchange: Exchange | undefined;
  private status = 0;
  private errorText = '';
  private settle: () => void = () => undefined;
  /** Resolves when the client has ended. */
  readonly ended = new Promise<void>((resolve) => (this.settle = resolve));

  constructor(
    private readonly port: number,
    private readonly events: LoadClientEvents,
  ) {}

  /** Connects and sends the first request. */
  async start(): Promise<void> {
    this.connection = await HttpConnection.open(this.port, this);
    this.sendNext();
  }

  /** Breaks off; an answer under way is not judged. */
  abort(): void {
    this.connection?.close();
    this.settle();
  }

  head(status: number): void {
    this.status = status;
    this.errorText = '';
  }

  data(bytes: Buffer): void {
    if (this.status === OK) this.exchange?.checker.push(bytes);
    else if (this.errorText.length < SHOWN_BODY_BYTES) this.errorText += bytes.toString();
  }

  end(): void {
    const fault = this.status === OK ? this.exchange?.checker.finish() : `HTTP ${this.status} ${this.errorText}`;
    this.exchange = undefined;
    this.events.answered(fault?.slice(0, SHOWN_BODY_BYTES));
    this.sendNext();
  }

  failed(reason: string): void {
    if (this.exchange !== undefined) this.events.answered(`no complete answer: ${reason}`);
    this.settle();
  }

  private sendNext(): void {
    this.exchange = this.events.next();
    if (this.exchange === undefined) this.abort();
    else this.connection?.send(this.exchange.request);
  }
}
