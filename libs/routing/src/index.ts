export { encodeAnthropicModelList, encodeOpenAiModelList } from './encode-model-list.js';
export {
  explainRoute,
  type AccountStanding,
  type ExplainedAccount,
  type ExplainedTarget,
  type ExplainRequest,
  type Explanation,
} from './explain-route.js';
export { compileGlob, type Glob } from './glob.js';
export type { ListedModel } from './listed-model.js';
export { MAX_MODELS_PER_ACCOUNT, MemoryModelCatalog, ModelCatalog } from './model-catalog.js';
export { MAX_OWNER_VIEWS, ModelRouter } from './model-router.js';
export type { Route, Target } from './route.js';
export { MAX_MODEL_NAME_LENGTH, MAX_REMEMBERED_ROUTES } from './route-table.js';
export { RoutingModule } from './routing.module.js';
export { sessionKey, type SessionSource } from './session-key.js';
export { TargetSplit } from './target-split.js';
