import { Test } from '@nestjs/testing';
import type { Principal } from '@sluice/auth';
import { declareAccount } from './__fixtures__/declare-account.js';
import { declareSnapshot } from './__fixtures__/declare-snapshot.js';
import { MemoryModelCatalog } from './model-catalog.js';
import { ModelRouter } from './model-router.js';
import { RoutingModule } from './routing.module.js';

const ANYBODY: Principal = { id: 'key:any', name: 'any', scopes: new Set(), models: undefined };

describe('RoutingModule', () => {
  it('gives the router the catalog that it exports', async () => {
    const app = await Test.createTestingModule({ imports: [RoutingModule] }).compile();

    app.get(MemoryModelCatalog).learn('a', [{ id: 'm1' }]);

    const listed = app.get(ModelRouter).listModels(declareSnapshot([declareAccount('a')]), ANYBODY);
    expect(listed.map(({ id }) => id)).toEqual(['m1']);
  });
});
