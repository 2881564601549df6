package io.nirvanastreams.deploy;

import io.nirvanastreams.app.clients.ClusterAccess;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Apicurio's registry and a broker in containers; its API is at /apis/ccompat/v7. */
class ApicurioIT extends RegistryContract {
  private Containers containers;

  @BeforeAll
  void start() throws IOException {
    containers = Containers.start();
  }

  @AfterAll
  void stop() {
    if (containers != null) {
      containers.close();
    }
  }

  @Override
  ClusterAccess access() {
    return containers.access();
  }
}
