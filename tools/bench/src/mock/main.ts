import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createCreditServer, type AddressInfo } from 'node:net';
import { type AnswerFormat } from '../wire/answer-format.js';
import { CreditDecoder } from '../wire/credit-codec.js';
import { findDirective, type Directive } from '../wire/directive.js';
import { formatOfPath, WIRE_SHAPES } from '../wire/wire-shapes.js';
import { MockStream } from './mock-stream.js';
import { StreamPacer } from './stream-pacer.js';

/**
 * The mock vendor: its own process, two ports on 127.0.0.1. HTTP answers as the directive in the prompt says; the credit port
 * takes one stream id per credit and sends that stream's next chunk. Prints `{"httpPort":…,"creditPort":…}` once it listens.
 */
const IDLE_CONNECTION_MS = 600_000;

const creditStreams = new Map<number, MockStream>();
const pacers = new Map<number, StreamPacer>();

const http = createServer({ keepAliveTimeout: IDLE_CONNECTION_MS }, (request, response) => {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
  });
  request.on('end', () => {
    const directive = findDirective(chunks[0] ?? Buffer.alloc(0)) ?? findDirective(Buffer.concat(chunks));
    answer(request, response, directive, length);
  });
});
const credits = createCreditServer({ noDelay: true }, (socket) => {
  const decoder = new CreditDecoder();
  socket.on('data', (bytes) => decoder.push(bytes, grant));
  socket.on('error', () => socket.destroy());
});

http.listen(0, '127.0.0.1', () => {
  credits.listen(0, '127.0.0.1', () => {
    const httpPort = (http.address() as AddressInfo).port;
    const creditPort = (credits.address() as AddressInfo).port;
    console.log(JSON.stringify({ httpPort, creditPort }));
  });
});

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  directive: Directive | undefined,
  length: number,
): void {
  const format = formatOfPath((request.url ?? '').replace(/\?.*/, ''));
  if (format === undefined) return refuse(response, 404, `no such path: ${request.url}`);
  if (directive === undefined) return refuse(response, 400, 'the prompt has no bench directive');
  if (directive.bodyBytes !== 0 && directive.bodyBytes !== length) {
    return refuse(response, 400, `the body has ${length} bytes, sent were ${directive.bodyBytes}`);
  }
  if (directive.answer === 'stream') return startStream(response, format, directive);
  const body = WIRE_SHAPES[format].json;
  if (body === undefined) return refuse(response, 400, `${format} has no unstreamed answer`);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

function startStream(response: ServerResponse, format: AnswerFormat, { id, chunks, pace }: Directive): void {
  const shape = WIRE_SHAPES[format];
  response.writeHead(200, { 'content-type': shape.streamType, 'cache-control': 'no-cache' });
  const stream = new MockStream(response, shape.stream, chunks);
  if (pace === 'burst') return stream.sendAll();
  if (pace === 'credit') {
    response.on('close', () => creditStreams.delete(id));
    creditStreams.set(id, stream);
    grant(id);
    return;
  }
  stream.sendNext();
  let pacer = pacers.get(pace);
  if (pacer === undefined) pacers.set(pace, (pacer = new StreamPacer(pace)));
  pacer.add(stream);
}

function grant(id: number): void {
  creditStreams.get(id)?.sendNext();
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { type: 'invalid_request_error', message } }));
}
