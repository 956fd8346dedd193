import { connect, type Socket } from 'node:net';
import { encodeCredits } from '../wire/credit-codec.js';

/** The generator's side of the credit connection: one write per turn of the event loop, whatever the number of credits. */
export class CreditLine {
  private pending: number[] = [];

  private constructor(private readonly socket: Socket) {}

  static open(port: number): Promise<CreditLine> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new CreditLine(socket)));
    });
  }

  /** Asks the mock for the next chunk of a stream. */
  grant(id: number): void {
    if (this.pending.push(id) === 1) setImmediate(() => this.flush());
  }

  close(): void {
    this.socket.destroy();
  }

  private flush(): void {
    const ids = this.pending;
    this.pending = [];
    if (!this.socket.destroyed) this.socket.write(encodeCredits(ids));
  }
}
