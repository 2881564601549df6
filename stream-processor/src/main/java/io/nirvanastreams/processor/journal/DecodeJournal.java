package io.nirvanastreams.processor.journal;

import io.nirvanastreams.embedding.image.UndecodableImageException;
import io.nirvanastreams.processor.batch.InferenceRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an image whose decoding ends the process from ending it for ever. Native decoders can: no
 * exception comes, the process is gone, and its next start meets the same image again.
 *
 * <p>Every image is written down before it is decoded and crossed out after. What is still written
 * down at a start was in work when the process died, and is a suspect: it is decoded while nothing
 * else is. An image that was so decoded alone when the process died, {@value #DEATHS} times, is not
 * decoded any more; a suspect that decodes is cleared. A process dies of other things as well, such
 * as kill -9: to refuse a good image, they would have to strike twice in the very milliseconds in
 * which that one image is decoded alone.
 *
 * <p>Safe for any thread. The file is of one process at a time.
 */
public final class DecodeJournal implements DecodeGuard {
  /** Deaths after which an image is refused; a death in company does not count. */
  static final int DEATHS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(DecodeJournal.class);

  /** Entries below are of images in work, one a thread; the others of suspects. */
  private static final int SLOTS = JournalFile.ENTRIES / 2;

  private static final long IN_COMPANY = 1;
  private static final long ALONE = 2;

  private final JournalFile file;
  private final Map<ImageKey, Integer> suspects = new ConcurrentHashMap<>();
  private final Set<ImageKey> refused = new HashSet<>();
  private final boolean calm;
  private final ReadWriteLock company = new ReentrantReadWriteLock();
  private final AtomicInteger threads = new AtomicInteger();
  private final ThreadLocal<Integer> slot = ThreadLocal.withInitial(threads::getAndIncrement);

  private DecodeJournal(JournalFile file) {
    this.file = file;
    takeUp();
    read();
    calm = suspects.isEmpty() && refused.isEmpty();
  }

  /**
   * Opens or begins a journal.
   *
   * @throws IllegalArgumentException when the file cannot be written
   */
  public static DecodeJournal open(Path file) {
    try {
      return new DecodeJournal(JournalFile.open(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the journal of images in work cannot be written to " + file + ": " + e, e);
    }
  }

  @Override
  public byte[] decode(InferenceRequest request, Decoding decoding)
      throws UndecodableImageException {
    ImageKey key = ImageKey.of(request);
    int mine = slot.get();
    if (key == null || mine >= SLOTS) {
      return decoding.decode();
    }
    if (calm) {
      return marked(mine, IN_COMPANY, key, decoding);
    }
    if (refused.contains(key)) {
      throw new UndecodableImageException("the decoder ended the process");
    }
    Integer suspect = suspects.get(key);
    if (suspect != null) {
      return alone(mine, suspect, key, decoding);
    }
    return suspects.isEmpty()
        ? marked(mine, IN_COMPANY, key, decoding)
        : inCompany(mine, key, decoding);
  }

  private byte[] inCompany(int mine, ImageKey key, Decoding decoding)
      throws UndecodableImageException {
    Lock lock = company.readLock();
    lock.lock();
    try {
      return marked(mine, IN_COMPANY, key, decoding);
    } finally {
      lock.unlock();
    }
  }

  private byte[] alone(int mine, int suspect, ImageKey key, Decoding decoding)
      throws UndecodableImageException {
    Lock lock = company.writeLock();
    lock.lock();
    try {
      return marked(mine, ALONE, key, decoding);
    } finally {
      // Whatever it was answered: the process lives.
      file.clear(suspect);
      suspects.remove(key);
      lock.unlock();
    }
  }

  private byte[] marked(int mine, long state, ImageKey key, Decoding decoding)
      throws UndecodableImageException {
    file.put(mine, state, key);
    try {
      return decoding.decode();
    } finally {
      file.clear(mine);
    }
  }

  /** Makes suspects of what was in work. A slot is cleared first, so that no death counts twice. */
  private void takeUp() {
    for (int mark = 0; mark < SLOTS; mark++) {
      long state = file.state(mark);
      ImageKey key = file.key(mark);
      file.clear(mark);
      if (state != 0) {
        int entry = entry(key);
        long deaths = file.state(entry) == 0 ? 0 : file.state(entry) - 1;
        deaths += state == ALONE ? 1 : 0;
        file.put(entry, deaths + 1, key);
        LOG.warn(
            "The process died while image {} of partition {} was decoded{}",
            key.offset(),
            key.partition(),
            state == ALONE ? " alone, " + deaths + " times so far" : "; it will be decoded alone");
      }
    }
  }

  private void read() {
    for (int entry = SLOTS; entry < JournalFile.ENTRIES; entry++) {
      long state = file.state(entry);
      if (state > DEATHS) {
        refused.add(file.key(entry));
      } else if (state > 0) {
        suspects.put(file.key(entry), entry);
      }
    }
  }

  /** Where a suspect is kept, or is to be: in an empty place, else in that of the least suspect. */
  private int entry(ImageKey key) {
    int place = SLOTS;
    for (int entry = SLOTS; entry < JournalFile.ENTRIES; entry++) {
      long state = file.state(entry);
      if (state > 0 && file.key(entry).equals(key)) {
        return entry;
      }
      if (state < file.state(place)) {
        place = entry;
      }
    }
    file.clear(place);
    return place;
  }
}
