import { connect, type Socket } from 'node:net';
import { HttpAnswerParser, type AnswerSink } from './http-answer-parser.js';

/** Receives the answers of one connection, in order, and the end of the connection when it breaks. */
export interface ConnectionSink extends AnswerSink {
  failed(reason: string): void;
}

/** One keep-alive connection of the generator to 127.0.0.1: a raw socket, because the generator shares its core with the mock. */
export class HttpConnection {
  private constructor(private readonly socket: Socket) {}

  /** Resolves when the connection stands; rejects when it is refused. */
  static open(port: number, sink: ConnectionSink): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        listen(socket, sink);
        resolve(new HttpConnection(socket));
      });
    });
  }

  /** Sends one complete request. The next may follow only after the sink has seen `end`. */
  send(request: Buffer): void {
    this.socket.write(request);
  }

  /** Closes without telling the sink. */
  close(): void {
    this.socket.removeAllListeners('close');
    this.socket.destroy();
  }
}

function listen(socket: Socket, sink: ConnectionSink): void {
  const parser = new HttpAnswerParser(sink);
  let reason = 'the connection was closed';
  socket.on('data', (bytes) => {
    try {
      parser.push(bytes);
    } catch (error) {
      reason = String(error);
      socket.destroy();
    }
  });
  socket.on('error', (error) => (reason = error.message));
  socket.on('close', () => sink.failed(reason));
}
