import { ChunkSource, type SourceListener } from '@sluice/streaming';
import { ClientUpload } from './client-upload.js';

class NotedSource extends ChunkSource<Buffer> {
  cancels = 0;

  protected override onCancel(): void {
    this.cancels += 1;
  }
}

const nothing: SourceListener<Buffer> = { onData: () => {}, onEnd: () => {}, onError: () => {} };

describe('ClientUpload', () => {
  it('is offered to another call as long as none has taken of it', () => {
    const source = new NotedSource();
    const upload = new ClientUpload({ source, length: 3 });

    upload.open()?.source.cancel();
    expect([upload.hasBegun, source.cancels]).toEqual([false, 0]);

    upload.open()?.source.start(nothing);
    source.deliver(Buffer.from('abc'));
    expect([upload.hasBegun, upload.bytesRead, upload.length]).toEqual([true, 3, 3]);
  });

  it('is over when the call that has begun it ends', () => {
    const source = new NotedSource();
    const opened = new ClientUpload({ source, length: undefined }).open();
    opened?.source.start(nothing);

    opened?.source.cancel();

    expect(source.cancels).toBe(1);
  });

  it('is discarded once', () => {
    const source = new NotedSource();
    const upload = new ClientUpload({ source, length: undefined });

    upload.discard();
    upload.discard();

    expect(source.cancels).toBe(1);
  });

  it('is not discarded after its end', () => {
    const source = new NotedSource();
    const upload = new ClientUpload({ source, length: undefined });
    upload.open()?.source.start(nothing);
    source.finish();

    upload.discard();

    expect(source.cancels).toBe(0);
  });

  it('remembers what it broke with', () => {
    const source = new NotedSource();
    const upload = new ClientUpload({ source, length: undefined });
    const broken = new Error('gone');
    let told: unknown;
    upload.open()?.source.start({ ...nothing, onError: (error) => (told = error) });

    source.fail(broken);

    expect([upload.failure, told]).toEqual([broken, broken]);
  });

  it('is nothing where the request has no body', () => {
    const upload = new ClientUpload(undefined);

    expect([upload.open(), upload.length]).toEqual([undefined, undefined]);
    upload.discard();
  });
});
