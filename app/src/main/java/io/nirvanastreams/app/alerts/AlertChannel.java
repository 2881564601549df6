package io.nirvanastreams.app.alerts;

/** A way out of the cluster. For one thread. */
public interface AlertChannel extends AutoCloseable {
  /** What the log and metrics call it, without any secret. */
  String name();

  /**
   * Sends once; returns when the other side has it.
   *
   * @throws DeliveryException when it did not say so
   * @throws InterruptedException when it is to end
   */
  void send(AlertMessage alert) throws DeliveryException, InterruptedException;

  @Override
  void close();
}
