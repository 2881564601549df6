package io.nirvanastreams.app.demo;

import io.nirvanastreams.schemas.ModelEvent;
import io.nirvanastreams.schemas.NoveltyGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Drives the loop while the cameras run: watches groups form, has the stand-in name them (or waits
 * for a person), and books what was learned when the new version answers. For one thread, which
 * calls {@link #step()} now and then.
 */
final class LoopWatch {
  private final DemoSettings settings;
  private final DemoData data;
  private final AnswerLedger ledger;
  private final GroupBook groups;
  private final VersionBook versions;
  private final StandIn standIn;
  private final Screen screen;
  private final List<Learned> learned = new ArrayList<>();
  private boolean groupShown;
  private int shownEvents;
  private final List<Naming> named = new ArrayList<>();
  private long patienceStart = System.nanoTime();
  private long answersAtLastSwap;

  private record Naming(String className, long atNanos) {}

  LoopWatch(
      DemoSettings settings,
      DemoData data,
      AnswerLedger ledger,
      GroupBook groups,
      VersionBook versions,
      StandIn standIn,
      Screen screen) {
    this.settings = settings;
    this.data = data;
    this.ledger = ledger;
    this.groups = groups;
    this.versions = versions;
    this.standIn = standIn;
    this.screen = screen;
  }

  /** Looks at what changed and acts on it. */
  void step() {
    showFirstGroup();
    showModelEvents();
    bookLearned();
    if (!settings.interactive()) {
      standIn.nameFurther().forEach(this::sayFurther);
      if (learned.size() + named.size() < settings.classesToLearn()) {
        sayNamed(standIn.nameNext(settings.minimumMembers(), Set.copyOf(data.heldOut())));
      }
    }
  }

  /** Whether the classes asked for are learned and enough images were answered since. */
  boolean done() {
    return enoughLearned()
        && ledger.answeredCount() - answersAtLastSwap >= settings.imagesAfterLastSwap();
  }

  /** Why waiting any longer makes no sense; empty while it does. */
  Optional<String> outOfPatience() {
    if (enoughLearned()
        || Duration.ofNanos(System.nanoTime() - patienceStart).compareTo(settings.patience()) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        named.isEmpty()
            ? String.format(
                Locale.ROOT,
                "no clean groups with %d unknowns of one class formed within %d s",
                settings.minimumMembers(),
                settings.patience().toSeconds())
            : String.format(
                Locale.ROOT,
                "%s was named but no version that knows it answered within %d s",
                named.get(0).className(),
                settings.patience().toSeconds()));
  }

  List<Learned> learned() {
    return List.copyOf(learned);
  }

  private boolean enoughLearned() {
    return learned.size() >= settings.classesToLearn();
  }

  private void sayNamed(List<GroupBook.CleanGroup> alike) {
    if (alike.isEmpty()) {
      return;
    }
    String className = alike.get(0).className();
    named.add(new Naming(className, System.nanoTime()));
    patienceStart = System.nanoTime();
    screen.say(
        "  The stand-in for the person (it looks at the ground truth) names the largest clean group %s%s: %s, %d images",
        alike.get(0).groupId(),
        alike.size() == 1 ? "" : " and " + (alike.size() - 1) + " more that show the same",
        className,
        standIn.members(className).size());
  }

  private void sayFurther(GroupBook.CleanGroup group) {
    screen.say(
        "  The stand-in names one more group %s: %s, %d images",
        group.groupId(), group.className(), group.size());
  }

  private void bookLearned() {
    if (settings.interactive()) {
      bookInteractive();
      return;
    }
    for (Naming naming : List.copyOf(named)) {
      Optional<Integer> version = versionThatAnswers(naming.className());
      if (version.isPresent()) {
        named.remove(naming);
        GroupBook.CleanGroup members = standIn.members(naming.className());
        book(
            new Learned(
                naming.className(),
                members.size(),
                members.purity(),
                version.get(),
                Duration.ofNanos(System.nanoTime() - naming.atNanos())));
      }
    }
  }

  /** A person may name anything; what counts is that a class beyond the first ones answers. */
  private void bookInteractive() {
    for (String name : versions.classes(versions.newest())) {
      if (!data.training().classes().contains(name)
          && learned.stream().noneMatch(one -> one.className().equals(name))) {
        versionThatAnswers(name)
            .ifPresent(version -> book(new Learned(name, 0, Double.NaN, version, Duration.ZERO)));
      }
    }
  }

  private void book(Learned one) {
    learned.add(one);
    answersAtLastSwap = ledger.answeredCount();
    patienceStart = System.nanoTime();
  }

  private Optional<Integer> versionThatAnswers(String className) {
    List<Answer> answers = ledger.answers();
    if (answers.isEmpty()) {
      return Optional.empty();
    }
    int version = answers.get(answers.size() - 1).version();
    return versions.classes(version).contains(className) ? Optional.of(version) : Optional.empty();
  }

  private void showFirstGroup() {
    List<NoveltyGroup> all = groups.all();
    if (!groupShown && !all.isEmpty()) {
      groupShown = true;
      screen.say("  The first group of unknowns formed; the console shows them all.");
    }
  }

  private void showModelEvents() {
    List<ModelEvent> events = versions.events();
    events.subList(shownEvents, events.size()).forEach(this::show);
    shownEvents = events.size();
  }

  private void show(ModelEvent event) {
    int version = event.getVersion();
    switch (event.getKind()) {
      case TRAINING -> screen.say("  Training version %d (%s)", version, event.getReason());
      case PUBLISHED ->
          screen.say(
              "  Version %d is published after %.1f s: %s",
              version, event.getDurationMillis() / 1000, event.getReason());
      case NOT_PUBLISHED ->
          screen.say("  Version %d is not published: %s", version, event.getReason());
      case REFUSED -> screen.say("  Version %d is refused: %s", version, event.getReason());
      case ACTIVATED ->
          screen.say(
              "  Version %d answers from here on%s",
              version,
              version == 1
                  ? ""
                  : String.format(
                      Locale.ROOT,
                      " (%.1f ms between the two batches)",
                      event.getDurationMillis()));
      default -> {
        // LOADED is of no interest to somebody who watches answers.
      }
    }
  }
}
