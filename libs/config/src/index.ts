export type {
  AccountDeclaration,
  ApiKeyDeclaration,
  DeclarationOrigin,
  ModelAlias,
  RuntimeSettings,
  RuntimeSnapshot,
} from './runtime-snapshot.js';
export { SnapshotStore } from './snapshot-store.js';
