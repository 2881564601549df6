package io.nirvanastreams.processor.model;

import io.nirvanastreams.embedding.model.BadModelException;
import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.records.BadRecordException;
import io.nirvanastreams.records.CalibrationSchedule;
import io.nirvanastreams.records.CandidateSchedule;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.ModelRole;
import io.nirvanastreams.schemas.Promotion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model versions of one instance: which answers at which record time, loaded beside and ready
 * before it is asked.
 *
 * <p>An image of record time t is answered by the LIVE promotion with the greatest effectiveFrom
 * not after t; images older than all of them by the first. A version that is refused counts as
 * never promoted, so the one before it goes on. While a promoted version is incomplete or loading,
 * its images wait, up to the load timeout; then it is refused. While there is no live version at
 * all, every image waits.
 *
 * <p>Images of some sources are answered by a CANARY instead, if there is one that is not refused.
 * A version that is PREPARED or SHADOW is loaded as if it were live, and answers nothing.
 *
 * <p>Of a version's calibrations, which come without weights, the record time of an image chooses
 * as well. One that does not fit is reported and left out. Once a version answers, those before its
 * predecessor are closed; a late record that needs one of them loads it again.
 *
 * <p>Safe for any thread.
 */
public final class LiveModels implements ControlListener, ModelChooser, AutoCloseable {
  /** Images of a canary may come that much after its end without having it loaded again. */
  private static final long LATE_MILLIS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(LiveModels.class);

  private final ModelSource source;
  private final Executor loader;
  private final Duration loadTimeout;
  private final ModelEvents events;
  private final Counters counters;
  private final Declarations declared;
  private final Map<Integer, Slot> slots = new HashMap<>();
  private final Map<Integer, String> refused = new TreeMap<>();
  private NavigableMap<Long, Integer> live = new TreeMap<>();
  private CompletableFuture<Void> anyLive = new CompletableFuture<>();
  private CandidateSchedule canaries;
  private CandidateSchedule shadows;
  private boolean closed;

  /**
   * No model yet.
   *
   * @param loader runs the loading and the closing; never a stream thread
   * @param loadTimeout longest time that a promoted version may take until it is ready
   */
  public LiveModels(
      String modelName,
      ModelSource source,
      Executor loader,
      Duration loadTimeout,
      ModelEvents events,
      Counters counters) {
    this.source = source;
    this.loader = loader;
    this.loadTimeout = loadTimeout;
    this.events = events;
    this.counters = counters;
    this.declared = new Declarations(modelName);
    this.canaries = declared.candidates(ModelRole.CANARY);
    this.shadows = declared.candidates(ModelRole.SHADOW);
  }

  @Override
  public synchronized void manifest(String key, ModelManifest manifest) {
    OptionalInt version = declared.version(key);
    if (version.isPresent() && declared.manifest(key, manifest)) {
      declared(version.getAsInt());
    }
  }

  @Override
  public synchronized void centre(String key, ClassCentre centre) {
    OptionalInt version = declared.version(key);
    if (version.isPresent() && declared.centre(version.getAsInt(), key, centre)) {
      declared(version.getAsInt());
    }
  }

  @Override
  public synchronized void calibration(String key, Calibration calibration) {
    OptionalInt version = declared.version(key);
    if (version.isPresent() && declared.calibration(version.getAsInt(), key, calibration)) {
      Slot slot = slots.get(version.getAsInt());
      ServingModel loaded = slot == null ? null : slot.inMemory();
      if (loaded == null) {
        declared(version.getAsInt());
      } else if (calibration != null) {
        recalibrate(loaded, calibration);
      }
    }
  }

  @Override
  public synchronized void promotion(String key, Promotion promotion) {
    OptionalInt version = declared.version(key);
    if (version.isPresent() && declared.promotion(key, promotion)) {
      ServingModel loaded = loaded(version.getAsInt());
      if (loaded != null) {
        loaded.forgetUse(); // promoted again, as by a rollback
      }
      declared(version.getAsInt());
    }
  }

  @Override
  public CompletableFuture<ServingModel> choose(String sourceId, long recordTime) {
    CompletableFuture<ServingModel> slot;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(new IllegalStateException("the processor closes"));
      }
      OptionalInt version = version(sourceId, recordTime);
      if (version.isEmpty()) {
        anyLive = anyLive.isDone() ? new CompletableFuture<>() : anyLive;
        return anyLive.thenCompose(now -> choose(sourceId, recordTime));
      }
      slot = slot(version.getAsInt(), true).ready();
    }
    if (slot.isDone() && !slot.isCompletedExceptionally() && slot.join().retain()) {
      return slot;
    }
    return slot.handle((model, failure) -> model != null && model.retain() ? model : null)
        .thenCompose(
            // Refused or closed meanwhile: the promotions say something else by now.
            model ->
                model == null
                    ? choose(sourceId, recordTime)
                    : CompletableFuture.completedFuture(model));
  }

  /**
   * The shadow that looks at an image; null when there is none, or it is not loaded. Never waits.
   *
   * @return the model, leased: the caller releases it
   */
  public synchronized ServingModel shadow(String eventId, long recordTime) {
    OptionalInt version = shadows.at(eventId, recordTime, other -> !refused.containsKey(other));
    ServingModel model = version.isPresent() ? loaded(version.getAsInt()) : null;
    return model != null && model.retain() ? model : null;
  }

  /** Gives back candidates whose time is over. */
  public synchronized void tidy() {
    for (Integer version : List.copyOf(slots.keySet())) {
      if (loaded(version) != null && !live.containsValue(version) && !besides(version)) {
        drop(version);
      }
    }
  }

  @Override
  public void used(ServingModel model, double pauseMillis) {
    if (model.firstUse()) {
      int version = model.spec().version();
      counters.swapped();
      events.send(version, ModelEventKind.ACTIVATED, "", pauseMillis);
      closeOlderThanPrevious(version);
    }
  }

  /** The version that answers images of now; empty while there is none. */
  public synchronized OptionalInt liveVersion() {
    Map.Entry<Long, Integer> entry = live.floorEntry(events.nowMillis());
    entry = entry == null ? live.firstEntry() : entry;
    return entry == null ? OptionalInt.empty() : OptionalInt.of(entry.getValue());
  }

  /** The target that the live version's calibration sets; empty while it is not loaded. */
  public synchronized OptionalDouble liveAlpha() {
    OptionalInt version = liveVersion();
    ServingModel model = version.isPresent() ? loaded(version.getAsInt()) : null;
    return model == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(model.servedBy().at(events.nowMillis()).classifier().rule().alpha());
  }

  /** Why versions were refused, by version. */
  public synchronized Map<Integer, String> refused() {
    return Map.copyOf(refused);
  }

  /** Versions that are loaded now. */
  public synchronized List<Integer> loadedVersions() {
    return slots.keySet().stream().filter(version -> loaded(version) != null).sorted().toList();
  }

  /** Gives all models back; those in work are closed after the last one who uses them. */
  @Override
  public synchronized void close() {
    closed = true;
    for (Integer version : List.copyOf(slots.keySet())) {
      drop(version);
    }
  }

  /** Something about a version is new: it gets another chance, and is loaded once it is whole. */
  private void declared(int version) {
    if (loaded(version) == null) {
      refused.remove(version);
    }
    schedule();
    if (live.containsValue(version) || besides(version)) {
      var unused = slot(version, false);
      tryLoad(version);
    } else if (slots.containsKey(version) && !slots.get(version).asked().get()) {
      drop(version); // prepared, and then not made live
    }
  }

  private OptionalInt version(String sourceId, long recordTime) {
    OptionalInt canary = canaries.at(sourceId, recordTime, other -> !refused.containsKey(other));
    if (canary.isPresent() || live.isEmpty()) {
      return canary;
    }
    Map.Entry<Long, Integer> entry = live.floorEntry(recordTime);
    return OptionalInt.of(entry == null ? live.firstEntry().getValue() : entry.getValue());
  }

  private void schedule() {
    live = declared.live();
    live.values().removeIf(refused::containsKey);
    canaries = declared.candidates(ModelRole.CANARY);
    shadows = declared.candidates(ModelRole.SHADOW);
    if (!live.isEmpty() && !anyLive.isDone()) {
      // Completed elsewhere: what waits goes on to choose, and must not do so under this lock.
      CompletableFuture<Void> waiting = anyLive;
      loader.execute(() -> waiting.complete(null));
    }
  }

  /** Whether a version is to be loaded though it is not live. */
  private boolean besides(int version) {
    long now = events.nowMillis();
    return declared.prepared(version, now)
        || canaries.wanted(version, now - LATE_MILLIS)
        || shadows.wanted(version, now);
  }

  private Slot slot(int version, boolean asked) {
    Slot present = slots.get(version);
    if (present != null) {
      present.asked().compareAndSet(false, asked);
      return present;
    }
    CompletableFuture<ServingModel> load = new CompletableFuture<>();
    CompletableFuture<ServingModel> ready =
        load.orTimeout(loadTimeout.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((model, failure) -> settled(version, load, failure));
    Slot slot = new Slot(load, ready, new AtomicBoolean(), new AtomicBoolean(asked));
    slots.put(version, slot);
    tryLoad(version);
    return slot;
  }

  private void tryLoad(int version) {
    Slot slot = slots.get(version);
    if (slot == null || slot.load().isDone() || slot.begun().get()) {
      return;
    }
    Optional<ModelVersion> whole;
    try {
      whole = declared.whole(version);
    } catch (BadRecordException e) {
      loader.execute(() -> slot.load().completeExceptionally(e));
      return;
    }
    if (whole.isPresent()) {
      ModelManifest before = declared.before(version, refused.keySet());
      slot.begun().set(true);
      loader.execute(
          () -> {
            if (!forgetSuperseded(version, slot)) {
              load(whole.get(), before, slot.load());
            }
          });
    }
  }

  /**
   * After a restart the topics tell of every version there ever was; those that newer ones took
   * over from are only loaded when an image asks for them.
   */
  private synchronized boolean forgetSuperseded(int version, Slot slot) {
    Map.Entry<Long, Integer> current = live.floorEntry(events.nowMillis());
    List<Integer> inOrder = new ArrayList<>(live.values());
    boolean superseded =
        current != null
            && inOrder.lastIndexOf(version) < inOrder.lastIndexOf(current.getValue())
            && !slot.asked().get()
            && !besides(version);
    if (superseded) {
      slots.remove(version, slot);
    }
    return superseded;
  }

  private void load(
      ModelVersion version, ModelManifest before, CompletableFuture<ServingModel> slot) {
    long start = System.nanoTime();
    try {
      Continuity.check(before, version.manifest());
      ServingModel model = source.load(version);
      model.closeBy(this::aside);
      double millis = (System.nanoTime() - start) / 1e6;
      if (slot.complete(model)) {
        events.send(version.spec().version(), ModelEventKind.LOADED, "", millis);
      } else {
        model.release(); // too late, or dropped meanwhile
      }
    } catch (BadModelException | RuntimeException | LinkageError | OutOfMemoryError e) {
      slot.completeExceptionally(e);
    }
  }

  /** By the loader, beside the images; after it has ended, by whoever asks. */
  private void aside(Runnable close) {
    try {
      loader.execute(close);
    } catch (RejectedExecutionException e) {
      close.run();
    }
  }

  private void settled(int version, CompletableFuture<ServingModel> load, Throwable failure) {
    boolean news;
    synchronized (this) {
      Slot slot = slots.get(version);
      news = failure != null && !closed && slot != null && slot.load() == load;
      if (failure == null) {
        catchUp(load.join());
      }
      if (news) {
        slots.remove(version);
        refused.put(version, ModelEvents.reason(failure, loadTimeout));
        schedule();
      }
    }
    if (news) {
      events.send(version, ModelEventKind.REFUSED, ModelEvents.reason(failure, loadTimeout), 0);
    }
  }

  /** Calibrations may have come while the version was loaded with those of before. */
  private void catchUp(ServingModel model) {
    try {
      model.calibrate(declared.calibrations(model.spec().version(), model.spec().classes()));
    } catch (IllegalArgumentException | BadRecordException e) {
      LOG.debug("The calibrations that it was loaded with stay", e);
    }
  }

  private void recalibrate(ServingModel model, Calibration calibration) {
    try {
      var unused = CalibrationSchedule.of(List.of(calibration), model.spec().classes());
      model.calibrate(declared.calibrations(model.spec().version(), model.spec().classes()));
      events.send(model.spec().version(), ModelEventKind.RECALIBRATED, calibration.getVersion(), 0);
    } catch (IllegalArgumentException | BadRecordException e) {
      events.send(
          model.spec().version(),
          ModelEventKind.REFUSED,
          "the calibrations before stay: " + e.getMessage(),
          0);
    }
  }

  private synchronized void closeOlderThanPrevious(int version) {
    List<Integer> inOrder = new ArrayList<>(live.values());
    int keepFrom = inOrder.lastIndexOf(version) - 1;
    for (Integer other : List.copyOf(slots.keySet())) {
      int position = inOrder.lastIndexOf(other);
      if (other != version && position < Math.max(0, keepFrom) && !besides(other)) {
        drop(other);
      }
    }
  }

  private void drop(int version) {
    Slot slot = slots.remove(version);
    if (slot != null) {
      var unused = slot.ready().thenAccept(ServingModel::release);
    }
  }

  private ServingModel loaded(int version) {
    Slot slot = slots.get(version);
    return slot == null || !slot.ready().isDone() || slot.ready().isCompletedExceptionally()
        ? null
        : slot.ready().join();
  }

  /**
   * A version on its way into memory, or in it.
   *
   * @param load ends when the loading does
   * @param ready ends after that, once the books are right: who waits for a version that was
   *     refused must find it refused when it chooses again
   * @param begun whether all parts were there and the loader has them
   * @param asked whether an image chose the version
   */
  private record Slot(
      CompletableFuture<ServingModel> load,
      CompletableFuture<ServingModel> ready,
      AtomicBoolean begun,
      AtomicBoolean asked) {
    /** The model as soon as it is there; null before. */
    ServingModel inMemory() {
      return load.isDone() && !load.isCompletedExceptionally() ? load.join() : null;
    }
  }
}
