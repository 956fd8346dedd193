import fc from 'fast-check';
import type { UpstreamFailure } from '@sluice/core';
import { BAD_REQUEST, fail, OVERLOADED, REFUSED, THROTTLED } from './__fixtures__/upstream-failures.js';
import { COOLDOWN_MEMORY_MS, CooldownBook, MAX_MODEL_COOLDOWNS } from './cooldown-book.js';
import { MAX_COOLDOWN_MS } from './cooldown-rule.js';

const NOW_MS = 1_000_000;
const MODEL = 'm1';

/** Notes a failure of a call that was begun and ended at the same time. */
function note(book: CooldownBook, failure: UpstreamFailure, nowMs = NOW_MS, model = MODEL): void {
  book.note({ model, failure, leasedAtMs: nowMs, nowMs });
}

const restMs = (book: CooldownBook, nowMs = NOW_MS, model = MODEL): number =>
  (book.find(model, nowMs)?.untilMs ?? nowMs) - nowMs;

describe('CooldownBook', () => {
  describe('find', () => {
    it('knows no rest at first', () => {
      expect(new CooldownBook().find(MODEL, NOW_MS)).toBeUndefined();
    });

    it('ends a rest on time', () => {
      const book = new CooldownBook();
      note(book, THROTTLED);

      expect(book.find(MODEL, NOW_MS + 999)).toMatchObject({ strength: 'hard', untilMs: NOW_MS + 1_000 });
      expect(book.find(MODEL, NOW_MS + 1_000)).toBeUndefined();
    });

    it('tells what the vendor said', () => {
      const book = new CooldownBook();
      note(book, REFUSED);

      expect(book.find(MODEL, NOW_MS)?.cause).toBe(REFUSED.error);
    });

    it('lets the account’s rest hold for every model, and a model’s only for itself', () => {
      const book = new CooldownBook();
      note(book, fail('upstream_rate_limited', 'model'));
      expect(book.find('other', NOW_MS)).toBeUndefined();

      note(book, THROTTLED);
      expect(book.find('other', NOW_MS)).toMatchObject({ strength: 'hard' });
    });

    it('lets a hard rest decide over a longer soft one', () => {
      const book = new CooldownBook();
      note(book, OVERLOADED);
      note(book, THROTTLED);

      expect(book.find(MODEL, NOW_MS)).toMatchObject({ strength: 'hard', untilMs: NOW_MS + 1_000 });
      expect(book.find(MODEL, NOW_MS + 1_000)).toMatchObject({ strength: 'soft', untilMs: NOW_MS + 15_000 });
    });

    it('lets the hard rest decide that ends last', () => {
      const book = new CooldownBook();
      note(book, fail('upstream_not_found', 'model'));
      note(book, THROTTLED);

      expect(restMs(book)).toBe(300_000);
    });
  });

  describe('restore', () => {
    const REST = {
      strength: 'hard',
      isTold: true,
      untilMs: NOW_MS + 60_000,
      cause: REFUSED.error,
      throttlings: 0,
      notedAtMs: NOW_MS - 1,
    } as const;

    it('puts back a rest, of the account or of one model', () => {
      const ofAccount = new CooldownBook();
      ofAccount.restore(undefined, REST, NOW_MS);
      const ofModel = new CooldownBook();
      ofModel.restore(MODEL, REST, NOW_MS);

      expect([restMs(ofAccount), restMs(ofAccount, NOW_MS, 'other')]).toEqual([60_000, 60_000]);
      expect([restMs(ofModel), restMs(ofModel, NOW_MS, 'other')]).toEqual([60_000, 0]);
    });

    it('does not shorten a rest that has begun since', () => {
      const book = new CooldownBook();
      note(book, fail('upstream_rate_limited', 'account', 90_000));

      book.restore(undefined, REST, NOW_MS);

      expect(restMs(book)).toBe(90_000);
    });

    it('is over with the first success after it', () => {
      const book = new CooldownBook();
      book.restore(undefined, REST, NOW_MS);

      expect(book.clear(MODEL, NOW_MS)).toBe(true);
      expect(book.find(MODEL, NOW_MS)).toBeUndefined();
    });

    it('keeps the number of models within its bound', () => {
      const book = new CooldownBook();
      for (let number = 0; number <= MAX_MODEL_COOLDOWNS; number += 1) book.restore(`m${number}`, REST, NOW_MS);

      expect(book.restsOfModels(NOW_MS).size).toBe(MAX_MODEL_COOLDOWNS);
    });
  });

  describe('note', () => {
    it('takes the vendor’s time as it is', () => {
      const book = new CooldownBook();
      note(book, fail('upstream_rate_limited', 'account', 34_400));

      expect(restMs(book)).toBe(34_400);
    });

    it('does not believe a time beyond all reason', () => {
      const book = new CooldownBook();
      note(book, fail('upstream_rate_limited', 'account', MAX_COOLDOWN_MS * 10));

      expect(restMs(book)).toBe(MAX_COOLDOWN_MS);
    });

    it('ignores the request’s own fault', () => {
      const book = new CooldownBook();
      note(book, BAD_REQUEST);

      expect(book.find(MODEL, NOW_MS)).toBeUndefined();
    });

    it('doubles a guessed rest with every throttling in a row, up to half an hour', () => {
      const book = new CooldownBook();
      const rests: number[] = [];
      let nowMs = NOW_MS;
      for (let at = 0; at < 13; at += 1) {
        note(book, THROTTLED, nowMs);
        rests.push(restMs(book, nowMs) / 1_000);
        nowMs += restMs(book, nowMs);
      }

      expect(rests).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_800, 1_800]);
    });

    it('counts calls that were under way together as one throttling', () => {
      const book = new CooldownBook();
      for (let at = 0; at < 10; at += 1) {
        book.note({ model: MODEL, failure: THROTTLED, leasedAtMs: NOW_MS - 100, nowMs: NOW_MS + at });
      }

      expect(book.find(MODEL, NOW_MS)?.untilMs).toBe(NOW_MS + 9 + 1_000);
    });

    it('begins again after a long time without a failure', () => {
      const book = new CooldownBook();
      note(book, THROTTLED);
      const laterMs = NOW_MS + 1_000 + COOLDOWN_MEMORY_MS;

      note(book, THROTTLED, laterMs);

      expect(restMs(book, laterMs)).toBe(1_000);
    });

    it('does not count other faults as throttlings', () => {
      const book = new CooldownBook();
      note(book, fail('upstream_unreachable', 'network'));
      note(book, THROTTLED, NOW_MS + 20_000);

      expect(restMs(book, NOW_MS + 20_000)).toBe(1_000);
    });

    it('never shortens a hard rest', () => {
      const book = new CooldownBook();
      note(book, fail('upstream_quota_exhausted', 'account'));
      note(book, fail('upstream_rate_limited', 'account', 5));
      note(book, fail('upstream_unreachable', 'network'));

      expect(book.find(MODEL, NOW_MS)).toMatchObject({ strength: 'hard', untilMs: NOW_MS + 1_800_000 });
    });

    it('remembers a bounded number of models and forgets the one whose rest ends first', () => {
      const book = new CooldownBook();
      for (let at = 0; at < MAX_MODEL_COOLDOWNS; at += 1) {
        note(book, fail('upstream_rate_limited', 'model', 60_000 + at), NOW_MS, `m${at}`);
      }

      note(book, fail('upstream_rate_limited', 'model', 90_000), NOW_MS, 'one more');

      expect(book.find('one more', NOW_MS)).toBeDefined();
      expect(book.find('m0', NOW_MS)).toBeUndefined();
      expect(book.find('m1', NOW_MS)).toBeDefined();
    });
  });

  describe('clear', () => {
    it('ends the account’s rest and the model’s, and resets the growth', () => {
      const book = new CooldownBook();
      note(book, THROTTLED);
      note(book, THROTTLED, NOW_MS + 1_000);
      note(book, OVERLOADED, NOW_MS + 1_000);

      book.clear(MODEL, NOW_MS + 2_000);
      expect(book.find(MODEL, NOW_MS + 1_000)).toBeUndefined();

      note(book, THROTTLED, NOW_MS + 3_000);
      expect(restMs(book, NOW_MS + 3_000)).toBe(1_000);
    });

    it('says nothing about failures that came after the successful call was begun', () => {
      const book = new CooldownBook();
      note(book, THROTTLED);
      note(book, OVERLOADED);

      book.clear(MODEL, NOW_MS - 1);

      expect(book.find(MODEL, NOW_MS)).toMatchObject({ strength: 'hard' });
      expect(book.find(MODEL, NOW_MS + 1_000)).toMatchObject({ strength: 'soft' });
    });

    it.each([
      ['hard', fail('upstream_rate_limited', 'model', 5_000)],
      ['soft', fail('upstream_overloaded', 'provider', 5_000)],
    ])('does not end a %s rest by a call that was begun in the same millisecond', (_, failure) => {
      const book = new CooldownBook();
      note(book, failure);

      expect(book.clear(MODEL, NOW_MS)).toBe(false);

      expect(restMs(book)).toBe(5_000);
    });

    it('leaves the rests of other models alone', () => {
      const book = new CooldownBook();
      note(book, OVERLOADED, NOW_MS, 'other');

      book.clear(MODEL, NOW_MS);

      expect(book.find('other', NOW_MS)).toBeDefined();
    });
  });

  describe('laws', () => {
    const failure = fc.oneof(
      fc.constantFrom(OVERLOADED, REFUSED, BAD_REQUEST, THROTTLED, fail('upstream_not_found', 'model')),
      fc.nat(10 * MAX_COOLDOWN_MS).map((hintMs) => fail('upstream_rate_limited', 'account', hintMs)),
    );
    const step = fc.record({ failure, model: fc.constantFrom('m1', 'm2'), pauseMs: fc.nat(3_600_000) });

    it('no rest outlasts the limit, and every rest has ended by then', () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
          const book = new CooldownBook();
          let nowMs = NOW_MS;
          for (const { failure: noted, model, pauseMs } of steps) {
            nowMs += pauseMs;
            note(book, noted, nowMs, model);
            expect(restMs(book, nowMs, model)).toBeLessThanOrEqual(MAX_COOLDOWN_MS);
          }
          expect(book.find('m1', nowMs + MAX_COOLDOWN_MS)).toBeUndefined();
          expect(book.find('m2', nowMs + MAX_COOLDOWN_MS)).toBeUndefined();
        }),
      );
    });

    it('a success that was begun after everything ends everything for its model', () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
          const book = new CooldownBook();
          let nowMs = NOW_MS;
          for (const { failure: noted, model, pauseMs } of steps) note(book, noted, (nowMs += pauseMs), model);

          book.clear('m1', nowMs + 1);

          expect(book.find('m1', nowMs)).toBeUndefined();
        }),
      );
    });
  });
});
