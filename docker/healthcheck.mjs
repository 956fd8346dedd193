// Exits 0 when the gateway in this container answers, over plain HTTP or, with server.tls, at least with a TLS handshake. Its own
// certificate is for its clients' name and not for the loopback address, so it is not checked here.
import { connect } from 'node:tls';

const port = Number(process.env.SLUICE_PORT ?? 8000);
const host = '127.0.0.1';
const overTls = () =>
  connect({ host, port, rejectUnauthorized: false })
    .once('secureConnect', () => process.exit(0))
    .once('error', () => process.exit(1));

fetch(`http://${host}:${port}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), overTls);
