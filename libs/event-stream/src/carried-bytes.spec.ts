import { CarriedBytes, FIRST_ALLOCATION_BYTES } from './carried-bytes.js';

const MIB = 1024 * 1024;

function beginMessage(total: number): CarriedBytes {
  const carried = new CarriedBytes();
  carried.append(Buffer.alloc(12), 0);
  carried.want(total);
  return carried;
}

describe('CarriedBytes', () => {
  it('asks for a prelude first', () => {
    const carried = new CarriedBytes();

    const used = carried.append(Buffer.from('a prelude and more'), 0);

    expect(used).toBe(12);
    expect(carried.isComplete).toBe(true);
    expect(carried.bytes.toString()).toBe('a prelude an');
  });

  it('takes no more than it wants', () => {
    const carried = beginMessage(16);

    const used = carried.append(Buffer.from('..abcdefgh'), 2);

    expect(used).toBe(6);
    expect(carried.bytes.subarray(12).toString()).toBe('abcd');
  });

  it('forgets its first byte', () => {
    const carried = new CarriedBytes();
    carried.append(Buffer.from('0123456789ab'), 0);

    carried.dropFirst();
    carried.append(Buffer.from('c'), 0);

    expect(carried.bytes.toString()).toBe('123456789abc');
  });

  it('allocates as bytes arrive, not as they are announced', () => {
    const carried = beginMessage(16 * MIB);

    carried.append(Buffer.alloc(1), 0);
    const atFirst = carried.capacity;
    carried.append(Buffer.alloc(MIB), 0);

    expect(atFirst).toBeLessThanOrEqual(FIRST_ALLOCATION_BYTES);
    expect(carried.capacity).toBeLessThanOrEqual(2 * MIB);
  });

  it('allocates exactly the message when it is small', () => {
    const carried = beginMessage(200);

    carried.append(Buffer.alloc(1), 0);

    expect(carried.capacity).toBe(200);
  });

  it('holds nothing after clear', () => {
    const carried = beginMessage(200);

    carried.clear();

    expect([carried.length, carried.capacity]).toEqual([0, 0]);
  });
});
