export { encodeAnthropicModelList, encodeOpenAiModelList } from './encode-model-list.js';
export { compileGlob, type Glob } from './glob.js';
export type { ListedModel } from './listed-model.js';
export { MAX_MODELS_PER_ACCOUNT, MemoryModelCatalog, ModelCatalog } from './model-catalog.js';
export { ModelRouter } from './model-router.js';
export type { Route, Target } from './route.js';
export { MAX_MODEL_NAME_LENGTH, MAX_REMEMBERED_ROUTES } from './route-table.js';
export { RoutingModule } from './routing.module.js';
