package io.nirvanastreams.processor;

import io.nirvanastreams.schemas.topic.Topic;
import io.nirvanastreams.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;

/** What can be found out before the threads start. Stateless. */
final class StartCheck {
  private StartCheck() {}

  /**
   * Kafka Streams says of a missing topic what a newcomer does not understand, some only once a
   * record is to be written.
   */
  static void topicsExist(Map<String, Object> client, Topics topics) {
    try (Admin admin = Admin.create(client)) {
      Set<String> present = admin.listTopics().names().get();
      List<String> missing =
          topics.all().stream().map(Topic::name).filter(name -> !present.contains(name)).toList();
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "the cluster lacks the topics "
                + missing
                + ", or does not let this principal see them; create them with 'nirvana topics"
                + " create', allow them as 'nirvana acls --component processor' lists");
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the cluster cannot be asked for its topics: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
