import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { FormatRegistry } from './format-registry.js';
import { TranslatorKitModule } from './translator-kit.module.js';
import { WireFormatPlugin } from './wire-format.plugin.js';
import type { WireFormat } from './wire-format.js';

const format = (id: string): WireFormat => ({
  id,
  displayName: id,
  envelope: { read: () => ({ model: 'm', stream: false }), withModel: (call) => call },
});

@WireFormatPlugin(format('acme'))
@Module({})
class AcmeModule {}

/** What a format module looks like that was compiled against another copy of this package. */
@Module({})
class ForeignModule {}
Object.defineProperty(ForeignModule, Symbol.for('@sluice/wire-format/1'), { value: format('foreign') });

@WireFormatPlugin(format('acme'))
@Module({})
class SecondAcmeModule {}

describe('TranslatorKitModule', () => {
  it('finds the formats of every imported module', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule, AcmeModule, ForeignModule] }).compile();

    expect(app.get(FormatRegistry).ids).toEqual(['acme', 'foreign']);
  });

  it('is content without any format', async () => {
    const app = await Test.createTestingModule({ imports: [TranslatorKitModule] }).compile();

    expect(app.get(FormatRegistry).ids).toEqual([]);
  });

  it('does not start with two formats of one id', async () => {
    const building = Test.createTestingModule({ imports: [TranslatorKitModule, AcmeModule, SecondAcmeModule] });

    await expect(building.compile()).rejects.toThrow('format "acme" is claimed twice');
  });
});
