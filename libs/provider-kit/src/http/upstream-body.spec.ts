import type { SourceListener } from '@sluice/streaming';
import { MAX_EARLY_BYTES, UpstreamBody, type BodyFlow } from './upstream-body.js';

class RecordingFlow implements BodyFlow {
  readonly calls: string[] = [];
  pause(): void {
    this.calls.push('pause');
  }
  resume(): void {
    this.calls.push('resume');
  }
  abort(): void {
    this.calls.push('abort');
  }
}

class RecordingListener implements SourceListener<Buffer> {
  readonly heard: string[] = [];
  constructor(private readonly onEach: () => void = () => {}) {}
  onData(chunk: Buffer): void {
    this.heard.push(chunk.toString());
    this.onEach();
  }
  onEnd(): void {
    this.heard.push('(end)');
  }
  onError(error: unknown): void {
    this.heard.push(`(${String(error)})`);
  }
}

describe('UpstreamBody', () => {
  let flow: RecordingFlow;
  let body: UpstreamBody;
  let listener: RecordingListener;

  beforeEach(() => {
    flow = new RecordingFlow();
    body = new UpstreamBody(flow);
    listener = new RecordingListener();
  });

  describe('start', () => {
    it('hands over what came before it, in order, and then what comes', () => {
      body.push(Buffer.from('a'));
      body.push(Buffer.from('b'));

      body.start(listener);
      body.push(Buffer.from('c'));
      body.end();

      expect(listener.heard).toEqual(['a', 'b', 'c', '(end)']);
    });

    it('hands over an end that came before it', () => {
      body.push(Buffer.from('a'));
      body.end();

      body.start(listener);

      expect(listener.heard).toEqual(['a', '(end)']);
    });

    it('hands over a failure that came before it, after the data', () => {
      body.push(Buffer.from('a'));
      body.fail('reset');

      body.start(listener);

      expect(listener.heard).toEqual(['a', '(reset)']);
    });

    it('keeps the order when the listener makes more arrive while it is being caught up', () => {
      body.push(Buffer.from('a'));
      body.push(Buffer.from('b'));
      let isFirst = true;
      const eager = new RecordingListener(() => {
        if (isFirst) body.push(Buffer.from('c'));
        isFirst = false;
      });

      body.start(eager);

      expect(eager.heard).toEqual(['a', 'b', 'c']);
    });

    it('stops handing over when the listener cancels', () => {
      body.push(Buffer.from('a'));
      body.push(Buffer.from('b'));
      body.end();
      const leaving = new RecordingListener(() => body.cancel());

      body.start(leaving);

      expect(leaving.heard).toEqual(['a']);
    });

    it('refuses a second listener', () => {
      body.start(listener);

      expect(() => body.start(listener)).toThrow('once');
    });
  });

  describe('before start', () => {
    it('stops the connection above the bound, and lets it go on once it is read', () => {
      body.push(Buffer.alloc(MAX_EARLY_BYTES));
      expect(flow.calls).toEqual([]);

      body.push(Buffer.from('x'));
      expect(flow.calls).toEqual(['pause']);

      body.start(listener);
      expect(flow.calls).toEqual(['pause', 'resume']);
    });

    it('stays stopped where the listener asks for a pause while it is being caught up', () => {
      body.push(Buffer.alloc(MAX_EARLY_BYTES + 1));

      body.start(new RecordingListener(() => body.pause()));

      expect(flow.calls).toEqual(['pause', 'pause']);
    });
  });

  describe('cancel', () => {
    it('drops the connection once, and nothing is heard afterwards', () => {
      body.start(listener);

      body.cancel();
      body.cancel();
      body.push(Buffer.from('late'));
      body.end();
      body.fail('late');
      body.resume();

      expect(flow.calls).toEqual(['abort']);
      expect(listener.heard).toEqual([]);
    });

    it('leaves the connection alone when the body has arrived', () => {
      body.push(Buffer.from('a'));
      body.end();

      body.cancel();
      body.start(listener);

      expect(flow.calls).toEqual([]);
      expect(listener.heard).toEqual([]);
    });
  });

  it('reports the first outcome only', () => {
    body.start(listener);

    body.fail('first');
    body.end();
    body.fail('second');

    expect(listener.heard).toEqual(['(first)']);
  });
});
