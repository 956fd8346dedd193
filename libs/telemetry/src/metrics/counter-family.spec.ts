import { Registry } from 'prom-client';
import { CounterFamily } from './counter-family.js';

describe('CounterFamily', () => {
  const create = (registry: Registry): CounterFamily<'kind'> =>
    new CounterFamily({ registry, name: 'things_total', help: 'Things.', labelNames: ['kind'] });

  it('renders what was added, over several scrapes', async () => {
    const registry = new Registry();
    const cell = create(registry).cell({ kind: 'a' });

    cell.add(2);
    expect(await registry.metrics()).toContain('things_total{kind="a"} 2\n');
    cell.add(3);

    expect(await registry.metrics()).toContain('things_total{kind="a"} 5\n');
    expect(await registry.metrics()).toContain('things_total{kind="a"} 5\n');
  });

  it('shows no series before something was added', async () => {
    const registry = new Registry();

    create(registry).cell({ kind: 'a' });

    expect(await registry.metrics()).not.toContain('kind=');
  });

  it('gives the same cell for the same labels', () => {
    const family = create(new Registry());

    expect(family.cell({ kind: 'a' })).toBe(family.cell({ kind: 'a' }));
    expect(family.cell({ kind: 'a' })).not.toBe(family.cell({ kind: 'b' }));
  });
});
