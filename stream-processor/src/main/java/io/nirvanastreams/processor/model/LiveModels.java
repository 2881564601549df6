package io.nirvanastreams.processor.model;

import io.nirvanastreams.processor.Counters;
import io.nirvanastreams.records.BadRecordException;
import io.nirvanastreams.records.CalibrationSchedule;
import io.nirvanastreams.records.ModelVersion;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelEventKind;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Promotion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
  private static final Logger LOG = LoggerFactory.getLogger(LiveModels.class);

  private final ModelLoader loader;
  private final Duration loadTimeout;
  private final ModelEvents events;
  private final Counters counters;
  private final String modelName;
  private final Retention retention;
  private final Declarations declared;
  private final VersionSchedule schedule;
  private final Map<Integer, Slot> slots = new HashMap<>();
  private CompletableFuture<Void> anyLive = new CompletableFuture<>();
  private boolean closed;

  /**
   * No model yet.
   *
   * @param aside runs the loading and the closing; never a stream thread
   * @param loadTimeout longest time that a promoted version may take until it is ready
   * @param retention how much of what is told is kept in memory
   */
  public LiveModels(
      String modelName,
      ModelSource source,
      Executor aside,
      Duration loadTimeout,
      ModelEvents events,
      Counters counters,
      Retention retention) {
    this.modelName = modelName;
    this.retention = retention;
    this.loader = new ModelLoader(source, aside, events);
    this.loadTimeout = loadTimeout;
    this.events = events;
    this.counters = counters;
    this.declared = new Declarations(modelName, retention);
    this.schedule = new VersionSchedule(declared);
  }

  @Override
  public synchronized void manifest(String key, ModelManifest manifest) {
    OptionalInt version = declared.version(key);
    if (version.isPresent() && declared.manifest(version.getAsInt(), manifest)) {
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
      OptionalInt version = schedule.at(sourceId, recordTime);
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
    OptionalInt version = schedule.shadowAt(eventId, recordTime);
    ServingModel model = version.isPresent() ? loaded(version.getAsInt()) : null;
    return model != null && model.retain() ? model : null;
  }

  /** Closes networks not at once, but that long after they were needed last. */
  public void closeAfter(Duration pause) {
    loader.closeAfter(pause);
  }

  /** Gives back candidates whose time is over. */
  public synchronized void tidy() {
    for (Integer version : List.copyOf(slots.keySet())) {
      if (loaded(version) != null
          && !schedule.everLive(version)
          && !schedule.besides(version, events.nowMillis())) {
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
    return schedule.liveAt(events.nowMillis());
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
    return schedule.refused();
  }

  /** Versions whose records are in memory whole. */
  synchronized Set<Integer> keptVersions() {
    return declared.kept();
  }

  /** Versions that are loaded now. */
  public synchronized List<Integer> loadedVersions() {
    return slots.keySet().stream().filter(version -> loaded(version) != null).sorted().toList();
  }

  /** Gives all models back; those in work are closed after the last one who uses them. */
  @Override
  public synchronized void close() {
    closed = true;
    loader.closeAfter(Duration.ZERO);
    for (Integer version : List.copyOf(slots.keySet())) {
      drop(version);
    }
  }

  /** Something about a version is new: it gets another chance, and is loaded once it is whole. */
  private void declared(int version) {
    if (loaded(version) == null) {
      schedule.pardon(version);
    }
    renew();
    if (schedule.everLive(version) || schedule.besides(version, events.nowMillis())) {
      var unused = slot(version, false);
      tryLoad(version);
    } else if (slots.containsKey(version) && !slots.get(version).asked().get()) {
      drop(version); // prepared, and then not made live
    }
    declared.forget(slots::containsKey);
  }

  private void renew() {
    schedule.renew();
    if (schedule.anyLive() && !anyLive.isDone()) {
      // Completed elsewhere: what waits goes on to choose, and must not do so under this lock.
      CompletableFuture<Void> waiting = anyLive;
      loader.execute(() -> waiting.complete(null));
    }
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
      ModelManifest before = declared.before(version, schedule.refusedVersions());
      slot.begun().set(true);
      loader.execute(
          () -> {
            if (!forgetSuperseded(version, slot)) {
              loader.load(whole.get(), before, slot.load());
            }
          });
    } else if (declared.forgotten(version)) {
      slot.begun().set(true);
      loader.execute(
          () -> {
            if (!forgetSuperseded(version, slot)) {
              recall(version, slot);
            }
          });
    }
  }

  /** A late image needs a version whose parts are in memory no more. */
  private void recall(int version, Slot slot) {
    synchronized (this) {
      declared.recalled(version);
    }
    try {
      retention.archive().recall(modelName, version, this);
    } catch (RuntimeException e) {
      slot.load().completeExceptionally(e);
    }
    synchronized (this) {
      slot.begun().set(false);
      tryLoad(version);
    }
  }

  /**
   * After a restart the topics tell of every version there ever was; those that newer ones took
   * over from are only loaded when an image asks for them.
   */
  private synchronized boolean forgetSuperseded(int version, Slot slot) {
    boolean superseded = !slot.asked().get() && schedule.superseded(version, events.nowMillis());
    if (superseded) {
      slots.remove(version, slot);
      declared.forget(slots::containsKey);
    }
    return superseded;
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
        schedule.refuse(version, ModelEvents.reason(failure, loadTimeout));
        renew();
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
    for (Integer other : List.copyOf(slots.keySet())) {
      if (schedule.olderThanPrevious(other, version, events.nowMillis())) {
        drop(other);
      }
    }
    declared.forget(slots::containsKey);
  }

  private void drop(int version) {
    Slot slot = slots.remove(version);
    if (slot != null) {
      var unused = slot.ready().thenAccept(ServingModel::release);
    }
  }

  private ServingModel loaded(int version) {
    Slot slot = slots.get(version);
    return slot == null ? null : slot.settled();
  }
}
