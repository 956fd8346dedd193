import { Module } from '@nestjs/common';
import { MemoryModelCatalog } from './model-catalog.js';
import { ModelRouter } from './model-router.js';

/** Whoever asks vendors for their models tells the exported `MemoryModelCatalog`. */
@Module({
  providers: [
    { provide: MemoryModelCatalog, useFactory: () => new MemoryModelCatalog() },
    {
      provide: ModelRouter,
      inject: [MemoryModelCatalog],
      useFactory: (catalog: MemoryModelCatalog) => new ModelRouter(catalog),
    },
  ],
  exports: [MemoryModelCatalog, ModelRouter],
})
export class RoutingModule {}
