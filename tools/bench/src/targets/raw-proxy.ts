import { Agent, createServer, request as openRequest } from 'node:http';

/**
 * The yardstick: a plain `node:http` reverse proxy, one process, `http.request` and `pipe`, keep-alive on both sides.
 * FROZEN. Every goal is a ratio to this file, so it is never optimised and never extended.
 * Usage: node raw-proxy.js <port> <upstream port>
 */
const [port, upstreamPort] = process.argv.slice(2).map(Number);
const agent = new Agent({ keepAlive: true });

createServer((request, response) => {
  const upstream = openRequest(
    {
      host: '127.0.0.1',
      port: upstreamPort,
      method: request.method,
      path: request.url,
      headers: request.headers,
      agent,
    },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy();
  });
  request.pipe(upstream);
}).listen(port, '127.0.0.1');
