package io.nirvanastreams.processor.batch;

import io.nirvanastreams.processor.model.ServingModel;

/** What the device does while no image waits for its answer. Called by the device's thread. */
public interface IdleWork {
  /** Nothing. */
  IdleWork NONE =
      new IdleWork() {
        @Override
        public void answered(
            InferenceRequest request,
            byte[] pixels,
            ServingModel model,
            Inference.Embedded inference) {}

        @Override
        public boolean step() {
          return false;
        }
      };

  /**
   * An image was answered. Returns at once and never throws: others wait.
   *
   * @param pixels the model's input; must not be written to
   * @param model is alive during the call; who needs it longer takes a lease
   */
  void answered(
      InferenceRequest request, byte[] pixels, ServingModel model, Inference.Embedded inference);

  /**
   * Does a piece of work that an image may have to wait for.
   *
   * @return false when there was none
   */
  boolean step();
}
