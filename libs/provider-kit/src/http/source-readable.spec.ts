import { once } from 'node:events';
import { ChunkSource } from '@sluice/streaming';
import { MAX_WAITING_UPLOAD_BYTES, SourceReadable } from './source-readable.js';

class NotedSource extends ChunkSource<Buffer> {
  readonly calls: string[] = [];

  protected override onPause(): void {
    this.calls.push('pause');
  }

  protected override onResume(): void {
    this.calls.push('resume');
  }

  protected override onCancel(): void {
    this.calls.push('cancel');
  }
}

describe('SourceReadable', () => {
  it('gives what the source gives', async () => {
    const source = new NotedSource();
    const readable = new SourceReadable(source);
    source.deliver(Buffer.from('ab'));
    source.deliver(Buffer.from('c'));
    source.finish();

    const chunks: Buffer[] = [];
    for await (const chunk of readable) chunks.push(chunk as Buffer);

    expect(Buffer.concat(chunks).toString()).toBe('abc');
    expect(source.calls).toEqual([]);
  });

  it('pauses the source while nobody reads, and resumes it', () => {
    const source = new NotedSource();
    const readable = new SourceReadable(source);
    readable.read(0);

    source.deliver(Buffer.alloc(MAX_WAITING_UPLOAD_BYTES));
    expect(source.calls).toEqual(['pause']);

    readable.read();
    expect(source.calls).toEqual(['pause', 'resume']);
  });

  it('cancels the source when it is destroyed', async () => {
    const source = new NotedSource();
    const readable = new SourceReadable(source);
    readable.read(0);

    readable.destroy();

    await once(readable, 'close');
    expect(source.calls).toEqual(['cancel']);
  });

  it('ends with the source’s error, heard or not', async () => {
    const source = new NotedSource();
    const readable = new SourceReadable(source);
    readable.read(0);

    source.fail(new Error('the client is gone'));

    await once(readable, 'close').catch(() => {});
    expect(readable.errored).toMatchObject({ message: 'the client is gone' });
  });
});
