import { assertWellFormed, type CanonicalEvent } from '@sluice/core';
import fc from 'fast-check';
import { BlockSequencer } from './block-sequencer.js';
import type { ToolCallDelta } from './assembled-call.js';
import { MAX_TOOL_CALLS, ToolCallAssembler, type ToolCallAssemblerOptions } from './tool-call-assembler.js';

function assembler(options: Partial<ToolCallAssemblerOptions> = {}): ToolCallAssembler {
  let next = 0;
  return new ToolCallAssembler({ requestId: 'req-1', nextBlockIndex: () => next++, ...options });
}

function push(subject: ToolCallAssembler, ...deltas: ToolCallDelta[]): readonly CanonicalEvent[] {
  const events: CanonicalEvent[] = [];
  for (const delta of deltas) subject.push(delta, (event) => events.push(event));
  return events;
}

function finish(subject: ToolCallAssembler): readonly CanonicalEvent[] {
  const events: CanonicalEvent[] = [];
  subject.finish((event) => events.push(event));
  return events;
}

/** The calls that a sequence of pieces becomes, `id name arguments` each. */
function calls(...deltas: ToolCallDelta[]): readonly string[] {
  const subject = assembler();
  const events = [...push(subject, ...deltas), ...finish(subject)];
  return events
    .filter((event) => event.type === 'block-start')
    .map(({ index, block }) => {
      const pieces = events.map((event) => (event.type === 'block-delta' && event.index === index ? event.delta : ''));
      return block.type === 'tool-call' ? `${block.id} ${block.name} ${pieces.join('')}` : block.type;
    });
}

describe('ToolCallAssembler', () => {
  describe('push', () => {
    it('opens a block with the first piece and hands arguments on at once', () => {
      const subject = assembler();

      expect(push(subject, { index: 0, id: 'a', name: 'f', argumentsJson: '' })).toEqual([
        { type: 'block-start', index: 0, block: { type: 'tool-call', id: 'a', name: 'f' } },
      ]);
      expect(push(subject, { index: 0, argumentsJson: '{"x"' })).toEqual([
        { type: 'block-delta', index: 0, delta: '{"x"' },
      ]);
    });

    it('waits for id and name, then lets the arguments follow', () => {
      const subject = assembler();

      expect(push(subject, { index: 0, argumentsJson: '{"x"' })).toEqual([]);
      expect(push(subject, { index: 0, name: 'f' })).toEqual([]);
      expect(push(subject, { index: 0, id: 'a', argumentsJson: ':1}' })).toEqual([
        { type: 'block-start', index: 0, block: { type: 'tool-call', id: 'a', name: 'f' } },
        { type: 'block-delta', index: 0, delta: '{"x":1}' },
      ]);
    });

    it('carries signatures and unknown members', () => {
      const signature = { family: 'gemini', value: 's' } as const;
      const subject = assembler();

      const first = push(subject, { index: 0, id: 'a', name: 'f', signature, extensions: { acme: { x: 1 } } });
      push(subject, { index: 0, extensions: { acme: { y: 2 } } });

      expect(first).toEqual([
        {
          type: 'block-start',
          index: 0,
          block: { type: 'tool-call', id: 'a', name: 'f' },
          extensions: { acme: { x: 1 } },
        },
        { type: 'block-mark', index: 0, signature },
      ]);
      expect(finish(subject)).toEqual([{ type: 'block-end', index: 0, extensions: { acme: { y: 2 } } }]);
    });

    it('refuses more arguments than may wait', () => {
      const subject = assembler({ maxPendingChars: 10 });

      expect(() => push(subject, { index: 0, argumentsJson: 'x'.repeat(11) })).toThrow(
        expect.objectContaining({ kind: 'upstream_invalid_response' }),
      );
    });

    it('counts only arguments that still wait', () => {
      const subject = assembler({ maxPendingChars: 10 });
      push(subject, { index: 0, argumentsJson: 'x'.repeat(9) }, { index: 0, id: 'a', name: 'f' });

      expect(() => push(subject, { index: 1, argumentsJson: 'x'.repeat(9) })).not.toThrow();
    });

    it('refuses more calls than an answer may have', () => {
      const flood = Array.from({ length: MAX_TOOL_CALLS + 1 }, (_, index) => ({ index, id: `a${index}`, name: 'f' }));

      expect(() => push(assembler(), ...flood)).toThrow(expect.objectContaining({ kind: 'upstream_invalid_response' }));
    });
  });

  describe('the shapes of vendors', () => {
    it.each<[string, ToolCallDelta[], string[]]>([
      ['pieces of two calls that take turns', [
        { index: 0, id: 'a', name: 'f' }, { index: 1, id: 'b', name: 'g' }, { index: 0, argumentsJson: '{"x"' },
        { index: 1, argumentsJson: '{}' }, { index: 0, argumentsJson: ':1}' },
      ], ['a f {"x":1}', 'b g {}']],
      ['a whole call in one piece', [{ index: 0, id: 'a', name: 'f', argumentsJson: '{"x":1}' }], ['a f {"x":1}']],
      ['id and name in every piece', [
        { index: 0, id: 'a', name: 'f', argumentsJson: '{' }, { index: 0, id: 'a', name: 'f', argumentsJson: '}' },
      ], ['a f {}']],
      ['empty names after the first', [
        { index: 0, id: 'a', name: 'f' }, { index: 0, id: '', name: '', argumentsJson: '{}' },
      ], ['a f {}']],
      ['a fresh id on every piece (vLLM)', [
        { index: 0, id: 'a', name: 'f', argumentsJson: '{' }, { index: 0, id: 'b', argumentsJson: '}' },
      ], ['a f {}']],
      ['several calls with the same index (Ollama)', [
        { index: 0, id: 'a', name: 'f', argumentsJson: '{}' }, { index: 0, id: 'b', name: 'f', argumentsJson: '{"x":1}' },
      ], ['a f {}', 'b f {"x":1}']],
      ['no index', [
        { id: 'a', name: 'f', argumentsJson: '{' }, { argumentsJson: '}' }, { id: 'b', name: 'g' }, { argumentsJson: '{}' },
      ], ['a f {}', 'b g {}']],
      ['no index, pieces that name their call', [
        { id: 'a', name: 'f' }, { id: 'b', name: 'g' }, { id: 'a', argumentsJson: '{}' }, { id: 'b', argumentsJson: '[]' },
      ], ['a f {}', 'b g []']],
      ['no index and a late id', [{ name: 'f', argumentsJson: '{' }, { id: 'a' }, { argumentsJson: '}' }], ['a f {}']],
['a name that changes', [{ index: 0, name: 'f', argumentsJson: '{' }, { index: 0, id: 'a', name: 'g', argumentsJson: '}' }], ['a f {}']],
      ['a late name', [{ index: 0, id: 'a' }, { index: 0, argumentsJson: '{}' }, { index: 0, name: 'f' }], ['a f {}']],
      ['one id for two calls', [
        { index: 0, id: 'a', name: 'f', argumentsJson: '{}' }, { index: 1, id: 'a', name: 'g', argumentsJson: '{}' },
      ], ['a f {}', 'a_2 g {}']],
      ['a name that never comes', [{ index: 3, id: 'a', name: '' }, { index: 3, argumentsJson: '{}' }], ['a tool_3 {}']],
      ['nothing at all', [{ index: 0 }, { index: 1, id: '', name: '', argumentsJson: '' }], []],
    ])('reads %s', (_name, deltas, expected) => {
      expect(calls(...deltas)).toEqual(expected);
    }); // prettier-ignore
  });

  describe('finish', () => {
    it('invents ids that are the same every time and differ within an answer', () => {
      const deltas = [
        { index: 0, name: 'f', argumentsJson: '{}' },
        { index: 1, name: 'f', argumentsJson: '{}' },
      ];

      const once = calls(...deltas);

      expect(once).toEqual(calls(...deltas));
      expect(new Set(once).size).toBe(2);
      expect(once[0]).toMatch(/^call_[0-9a-f]{24} f \{\}$/);
    });

    it('invents other ids for another request', () => {
      const ids = ['req-1', 'req-2'].map((requestId) => {
        const subject = assembler({ requestId });
        push(subject, { index: 0, name: 'f' });
        return finish(subject)[0];
      });

      expect(ids[0]).not.toEqual(ids[1]);
    });

    it('tells calls without ids apart when each comes whole (Google)', () => {
      const found = calls(
        { index: 0, id: '', name: 'f', argumentsJson: '{"x":1}' },
        { index: 0, id: '', name: 'f', argumentsJson: '{"x":2}' },
        { index: 0, id: '', name: 'g', argumentsJson: '{}' },
      );

      expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual(['f {"x":1}', 'f {"x":2}', 'g {}']);
    });

    it('joins pieces without ids that repeat the name', () => {
      const found = calls(
        { index: 0, name: 'f', argumentsJson: '{"x"' },
        { index: 0, name: 'f', argumentsJson: ':1}' },
      );

      expect(found.map((line) => line.replace(/^\S+ /, ''))).toEqual(['f {"x":1}']);
    });

    it('starts belated calls in the order of the vendor’s indices', () => {
      const found = calls({ index: 2, name: 'third' }, { index: 0, name: 'first' }, { index: 1, name: 'second' });

      expect(found.map((line) => line.split(' ')[1])).toEqual(['first', 'second', 'third']);
    });

    it('closes what is open before it starts what was late', () => {
      const subject = assembler();
      push(subject, { index: 0, name: 'late' }, { index: 1, id: 'b', name: 'g' });

      expect(finish(subject).map(({ type }) => type)).toEqual(['block-end', 'block-start', 'block-end']);
    });

    it('ignores what comes afterwards', () => {
      const subject = assembler();
      push(subject, { index: 0, id: 'a', name: 'f' });
      finish(subject);

      expect(push(subject, { index: 0, argumentsJson: '{}' }, { index: 1, id: 'b', name: 'g' })).toEqual([]);
      expect(finish(subject)).toEqual([]);
    });
  });

  describe('callCount', () => {
    it('counts blocks, not rumours of calls', () => {
      const subject = assembler();
      push(subject, { index: 0, id: 'a', name: 'f' }, { index: 1 });
      finish(subject);

      expect(subject.callCount).toBe(1);
    });
  });

  it('gives, after the sequencer, whole calls for any order of pieces', () => {
    const call = fc.record({ name: fc.constantFrom('f', 'g'), json: fc.json({ maxDepth: 1 }) });
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 4 }),
        fc.array(fc.nat({ max: 3 }), { maxLength: 60 }),
        (wanted, turns) => {
          const deltas = takeTurns(
            wanted.map(({ name, json }, index) => piecesOf(index, name, json)),
            turns,
          );
          const subject = assembler();
          const sequencer = new BlockSequencer();
          const events: CanonicalEvent[] = [{ type: 'response-start', id: 'r', model: 'm' }];
          for (const event of [...push(subject, ...deltas), ...finish(subject)]) {
            sequencer.push(event, (item) => events.push(item));
          }
          events.push({ type: 'response-end', finishReason: { unified: 'tool-calls' } });

          assertWellFormed(events);
          const found = calls(...deltas).map((line) => line.slice(line.indexOf(' ') + 1));
          expect(found.sort()).toEqual(wanted.map(({ name, json }) => `${name} ${json}`).sort());
        },
      ),
    );
  });
});

function piecesOf(index: number, name: string, json: string): ToolCallDelta[] {
  return [{ index, id: `id-${index}`, name }, ...Array.from(json, (argumentsJson) => ({ index, argumentsJson }))];
}

/** One piece of the queue that each number names; then the rest of each. */
function takeTurns(queues: readonly ToolCallDelta[][], turns: readonly number[]): ToolCallDelta[] {
  const taken = turns.map((turn) => queues[turn]?.shift()).filter((delta) => delta !== undefined);
  return [...taken, ...queues.flat()];
}
