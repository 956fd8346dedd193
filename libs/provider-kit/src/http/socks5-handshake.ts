import { isIPv4, isIPv6 } from 'node:net';
import { ProxyError } from './proxy-error.js';

/** The longest name, user name or password that the protocol can carry. */
export const MAX_SOCKS_FIELD_BYTES = 255;

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USER_AND_PASSWORD = 2;
const NO_ACCEPTABLE_METHOD = 0xff;
const AUTHENTICATION_VERSION = 1;
const CONNECT = 1;
const ADDRESS_BYTES: Readonly<Record<number, number>> = { 1: 4, 4: 16 };
const NAME = 3;

const REPLIES = [
  'it opened the tunnel',
  'it failed in general',
  'its rules do not allow this host',
  'it finds no route to the network',
  'it finds no route to the host',
  'the host refused the connection',
  'the connection expired',
  'it does not know CONNECT',
  'it does not know this kind of address',
];

export interface Socks5Options {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/**
 * The client's side of SOCKS 5, without a socket. Names are resolved by the proxy.
 *
 * ```text
 *  ▶ 05 n methods     ◀ 05 method     [▶ 01 len user len password     ◀ 01 status]
 *  ▶ 05 01 00 type address port       ◀ 05 reply 00 type address port
 * ```
 * @see https://www.rfc-editor.org/rfc/rfc1928 and rfc1929
 */
export class Socks5Handshake {
  #state: 'method' | 'authentication' | 'reply' | 'open' = 'method';
  #received: Buffer = Buffer.alloc(0);

  constructor(private readonly options: Socks5Options) {}

  /** Whether the tunnel stands. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** What came after the last reply: the first bytes of the vendor. */
  get rest(): Buffer {
    return this.#received;
  }

  /** The first bytes to send. */
  begin(): Buffer {
    const wantsUser = this.options.username !== '' || this.options.password !== '';
    return Buffer.from(
      wantsUser ? [VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD] : [VERSION, 1, NO_AUTHENTICATION],
    );
  }

  /**
   * Takes bytes of the proxy.
   * @returns the bytes to send now; undefined = none
   * @throws ProxyError
   */
  receive(bytes: Buffer): Buffer | undefined {
    this.#received = Buffer.concat([this.#received, bytes]);
    switch (this.#state) {
      case 'method':
        return this.#readMethod();
      case 'authentication':
        return this.#readAuthentication();
      case 'reply':
        return this.#readReply();
      case 'open':
        return undefined;
    }
  }

  #readMethod(): Buffer | undefined {
    const head = this.#take(2);
    if (head === undefined) return undefined;
    if (head[0] !== VERSION) throw notSocks();
    if (head[1] === NO_AUTHENTICATION) return this.#askForTunnel();
    if (head[1] === USER_AND_PASSWORD) return this.#authenticate();
    if (head[1] === NO_ACCEPTABLE_METHOD) {
      throw new ProxyError('PROXY_AUTH', 'it wants a user name and a password in proxyUrl');
    }
    throw notSocks();
  }

  #authenticate(): Buffer {
    this.#state = 'authentication';
    const username = field(this.options.username, 'user name');
    const password = field(this.options.password, 'password');
    return Buffer.concat([Buffer.from([AUTHENTICATION_VERSION]), username, password]);
  }

  #readAuthentication(): Buffer | undefined {
    const head = this.#take(2);
    if (head === undefined) return undefined;
    if (head[1] !== 0) throw new ProxyError('PROXY_AUTH', 'it refused the user name or the password in proxyUrl');
    return this.#askForTunnel();
  }

  #askForTunnel(): Buffer {
    this.#state = 'reply';
    const port = Buffer.alloc(2);
    port.writeUInt16BE(this.options.port);
    return Buffer.concat([Buffer.from([VERSION, CONNECT, 0]), address(this.options.host), port]);
  }

  #readReply(): Buffer | undefined {
    const head = this.#received;
    if (head.length < 2) return undefined;
    const reply = head[1] ?? 0;
    if (head[0] !== VERSION) throw notSocks();
    if (reply !== 0) throw new ProxyError('PROXY_REFUSED', REPLIES[reply] ?? `it answered ${reply}`);
    if (head.length < 5) return undefined;
    const type = head[3] ?? 0;
    const addressBytes = type === NAME ? 1 + (head[4] ?? 0) : ADDRESS_BYTES[type];
    if (addressBytes === undefined) throw notSocks();
    if (this.#take(4 + addressBytes + 2) !== undefined) this.#state = 'open';
    return undefined;
  }

  #take(count: number): Buffer | undefined {
    if (this.#received.length < count) return undefined;
    const taken = this.#received.subarray(0, count);
    this.#received = this.#received.subarray(count);
    return taken;
  }
}

function address(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from([1, ...host.split('.').map(Number)]);
  if (isIPv6(host)) return Buffer.concat([Buffer.from([4]), ipv6Bytes(host)]);
  return Buffer.concat([Buffer.from([NAME]), field(host, 'host name')]);
}

/** The URL parser brings every spelling into groups of hexadecimal digits with at most one `::`. */
function ipv6Bytes(host: string): Buffer {
  const canonical = new URL(`http://[${host}]`).hostname.slice(1, -1);
  const [before = '', after] = canonical.split('::');
  const left = before === '' ? [] : before.split(':');
  const right = after === undefined || after === '' ? [] : after.split(':');
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  const bytes = Buffer.alloc(16);
  [...left, ...zeros, ...right].forEach((group, index) => bytes.writeUInt16BE(parseInt(group, 16), index * 2));
  return bytes;
}

function field(value: string, what: string): Buffer {
  const bytes = Buffer.from(value);
  if (bytes.length > MAX_SOCKS_FIELD_BYTES) {
    throw new ProxyError('PROXY_PROTOCOL', `SOCKS carries at most ${MAX_SOCKS_FIELD_BYTES} bytes of ${what}`);
  }
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function notSocks(): ProxyError {
  return new ProxyError('PROXY_PROTOCOL', 'what answers there does not speak SOCKS 5');
}
