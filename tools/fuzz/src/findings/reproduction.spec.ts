import { readReproduction, reproductionName, writeReproduction } from './reproduction.js';

const finding = {
  cell: 'streams/sse/x',
  iteration: 5,
  signature: 'a rule',
  message: 'a rule: 1',
  input: { bytes: Buffer.from('é'.repeat(100)), cuts: [1, 2], variant: 9 },
};

describe('a reproduction', () => {
  it('reads back as what was written', () => {
    const { cell, input } = readReproduction(writeReproduction(finding, 1, 5));

    expect({ cell, input }).toEqual({ cell: finding.cell, input: finding.input });
  });

  it('is called the same for the same defect', () => {
    const name = reproductionName({ ...finding, message: 'a rule: 2' });

    expect(name).toBe(reproductionName(finding));
    expect(name).not.toBe(reproductionName({ ...finding, signature: 'another' }));
  });

  it('is refused when its header says too little', () => {
    expect(() => readReproduction('{"cell":"x"}\n00')).toThrow('must name cell, cuts and variant');
  });
});
