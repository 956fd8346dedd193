import { Cancellation } from './cancellation.js';
import { ChunkSource } from './chunk-source.js';
import { collect, CollectError } from './collect.js';
import { sourceOf } from './source-of.js';

describe('collect', () => {
  it('joins the chunks of a body', async () => {
    const body = await collect(sourceOf([Buffer.from('ab'), Buffer.from('c')]), { maxBytes: 3 });

    expect(body.toString()).toBe('abc');
  });

  it('gives back the only chunk itself', async () => {
    const chunk = Buffer.from('abc');

    expect(await collect(sourceOf([chunk]), { maxBytes: 3 })).toBe(chunk);
  });

  it('gives an empty body for no chunks', async () => {
    expect(await collect(sourceOf<Buffer>([]), { maxBytes: 3 })).toHaveLength(0);
  });

  it('rejects and cancels the source as soon as the body is too large', async () => {
    const source = new CancellableSource();
    const body = collect(source, { maxBytes: 3 });

    source.deliver(Buffer.from('abcd'));

    await expect(body).rejects.toBeInstanceOf(CollectError);
    await expect(body).rejects.toMatchObject({ code: 'too-large', maxBytes: 3 });
    expect(source.reasons).toEqual([expect.any(CollectError)]);
  });

  it("rejects with the caller's own error instead", async () => {
    const body = collect(sourceOf([Buffer.from('abcd')]), { maxBytes: 3, onTooLarge: () => new Error('413') });

    await expect(body).rejects.toThrow('413');
  });

  it("rejects with the source's error", async () => {
    const source = new CancellableSource();
    const body = collect(source, { maxBytes: 3 });

    source.deliver(Buffer.from('a'));
    source.fail(new Error('reset'));

    await expect(body).rejects.toThrow('reset');
  });

  describe('cancellation', () => {
    it('cancels the source and rejects with the reason', async () => {
      const source = new CancellableSource();
      const cancellation = new Cancellation();
      const body = collect(source, { maxBytes: 3, cancellation });

      cancellation.cancel('gone');

      await expect(body).rejects.toBe('gone');
      expect(source.reasons).toEqual(['gone']);
    });

    it('does not start a source when it came first', async () => {
      const source = new CancellableSource();
      const cancellation = new Cancellation();
      cancellation.cancel('gone');

      await expect(collect(source, { maxBytes: 3, cancellation })).rejects.toBe('gone');
      expect(source.reasons).toEqual(['gone']);
    });

    it('means nothing once the body is there', async () => {
      const source = new CancellableSource();
      const cancellation = new Cancellation();
      const body = collect(source, { maxBytes: 3, cancellation });
      source.finish();

      cancellation.cancel('gone');

      expect(await body).toHaveLength(0);
      expect(source.reasons).toEqual([]);
    });
  });
});

class CancellableSource extends ChunkSource<Buffer> {
  readonly reasons: unknown[] = [];

  protected override onCancel(reason: unknown): void {
    this.reasons.push(reason);
  }
}
