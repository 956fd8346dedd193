import { ChunkSource } from '@sluice/streaming';

/** A vendor whose chunks come when the spec says so. */
export class VendorStream extends ChunkSource<Buffer> {
  isPaused = false;
  isCancelled = false;
  protected override onPause = (): void => {
    this.isPaused = true;
  };
  protected override onResume = (): void => {
    this.isPaused = false;
  };
  protected override onCancel = (): void => {
    this.isCancelled = true;
  };
}
