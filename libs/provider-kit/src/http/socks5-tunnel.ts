import { connect } from 'node:net';
import { ProxyError } from './proxy-error.js';
import { Socks5Handshake } from './socks5-handshake.js';
import type { OpenTunnel } from './tunnel-connector.js';

const SOCKS_PORT = 1080;
const TCP_KEEP_ALIVE_MS = 60_000;

/** A tunnel by SOCKS 5. */
export function socks5Tunnel(proxy: URL): OpenTunnel {
  const username = decodeURIComponent(proxy.username);
  const password = decodeURIComponent(proxy.password);
  return ({ host, port }, done) => {
    const handshake = new Socks5Handshake({ host, port, username, password });
    const socket = connect({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: Number(proxy.port) || SOCKS_PORT,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_MS,
    });
    const fail = (error: Error): void => {
      forget();
      socket.destroy();
      done(error);
    };
    const onData = (bytes: Buffer): void => {
      try {
        const answer = handshake.receive(bytes);
        if (answer !== undefined) socket.write(answer);
      } catch (error) {
        return fail(error as Error); // the handshake throws nothing but ProxyError
      }
      if (!handshake.isOpen) return;
      forget();
      socket.pause();
      if (handshake.rest.length > 0) socket.unshift(handshake.rest);
      done(null, socket);
    };
    const onClose = (): void => fail(new ProxyError('PROXY_PROTOCOL', 'it closed the connection'));
    const forget = (): void => {
      socket.off('data', onData).off('close', onClose).off('error', fail);
    };
    socket.on('data', onData).once('close', onClose).on('error', fail);
    socket.once('connect', () => socket.write(handshake.begin()));
    return () => {
      forget();
      socket.on('error', () => {}); // it is being destroyed: nobody is left to tell
      socket.destroy();
    };
  };
}
