import { Writable } from 'node:stream';
import { writableSink } from './writable-sink.js';

describe('writableSink', () => {
  it('writes and ends', () => {
    const { writable, written } = memoryWritable();
    const sink = writableSink(writable);

    sink.write('text');
    sink.write(Buffer.from(' and bytes'));
    sink.end();

    expect(written.join('')).toBe('text and bytes');
    expect(writable.writableEnded).toBe(true);
  });

  it('says when it is full, and tells the one listener when it has drained', () => {
    const { writable } = memoryWritable({ isSlow: true });
    const sink = writableSink(writable);
    const told: string[] = [];
    sink.onDrain(() => told.push('first'));
    sink.onDrain(() => told.push('second'));

    expect(sink.write('ab')).toBe(true);
    expect(sink.write('cdef')).toBe(false);
    writable.emit('drain');

    expect(told).toEqual(['second']);
  });

  it('adds one listener to the writable for its life', () => {
    const { writable } = memoryWritable();
    const sink = writableSink(writable);

    for (let round = 0; round < 20; round += 1) sink.onDrain(() => {});

    expect(writable.listenerCount('drain')).toBe(1);
  });
});

function memoryWritable({ isSlow = false } = {}) {
  const written: string[] = [];
  const writable = new Writable({
    highWaterMark: 4,
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk.toString());
      if (!isSlow) done();
    },
  });
  return { writable, written };
}
