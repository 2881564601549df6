package io.nirvanastreams.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The product's version as the jar's manifest states it. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"nirvana " + number(), "Java " + Runtime.version()};
  }

  /** The version number; "development" outside a jar. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
