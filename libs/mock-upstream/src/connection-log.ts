import type { Socket } from 'node:net';

/** How many connections are remembered; the oldest go first. */
export const MAX_LOGGED_CONNECTIONS = 1_000;

/** What happened on one connection. */
export interface MockConnection {
  /** 1 for the first connection. */
  readonly id: number;
  readonly requests: number;
  readonly isOpen: boolean;
}

interface MutableConnection {
  id: number;
  requests: number;
  isOpen: boolean;
}

/** Counts requests per connection and knows every open socket. */
export class ConnectionLog {
  readonly #entries: MutableConnection[] = [];
  readonly #open = new Map<Socket, MutableConnection>();
  #lastId = 0;

  /** Oldest first, the open ones among them. */
  get entries(): readonly MockConnection[] {
    return this.#entries;
  }

  /** Watches a socket until it closes. */
  add(socket: Socket): void {
    const connection: MutableConnection = { id: (this.#lastId += 1), requests: 0, isOpen: true };
    this.#open.set(socket, connection);
    this.#entries.push(connection);
    if (this.#entries.length > MAX_LOGGED_CONNECTIONS) this.#entries.shift();
    socket.on('close', () => {
      connection.isOpen = false;
      this.#open.delete(socket);
    });
  }

  /** Counts a request and returns the id of its connection. */
  countRequest(socket: Socket): number {
    const connection = this.#open.get(socket);
    if (connection === undefined) return 0; // it closed before its request was handled
    connection.requests += 1;
    return connection.id;
  }

  /** Drops every open connection at once. */
  destroyAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }
}
