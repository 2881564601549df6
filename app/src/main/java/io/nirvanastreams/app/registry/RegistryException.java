package io.nirvanastreams.app.registry;

/** A request that the registry refuses, with Confluent's HTTP status and error code. */
final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  private RegistryException(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static RegistryException noSubject(String subject) {
    return new RegistryException(404, 40401, "Subject '" + subject + "' not found.");
  }

  static RegistryException noVersion(String version) {
    return new RegistryException(404, 40402, "Version " + version + " not found.");
  }

  static RegistryException noSchema() {
    return new RegistryException(404, 40403, "Schema not found");
  }

  static RegistryException noSubjectLevel(String subject) {
    return new RegistryException(
        404,
        40408,
        "Subject '" + subject + "' does not have subject-level compatibility configured");
  }

  static RegistryException incompatible(String subject, String reasons) {
    return new RegistryException(
        409,
        409,
        "Schema being registered is incompatible with an earlier schema for subject \""
            + subject
            + "\", details: "
            + reasons);
  }

  static RegistryException badSchema(String reason) {
    return new RegistryException(422, 42201, "Invalid schema: " + reason);
  }

  static RegistryException badVersion(String version) {
    return new RegistryException(
        422,
        42202,
        "The specified version '"
            + version
            + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string"
            + " \"latest\"");
  }

  static RegistryException badLevel(String level) {
    return new RegistryException(
        422, 42203, "Invalid compatibility level '" + level + "'. Valid values are " + Level.NAMES);
  }

  static RegistryException badMode(String mode) {
    return new RegistryException(
        422, 42204, "Mode '" + mode + "' is not offered here; the only one is READWRITE");
  }

  static RegistryException badRequest(String reason) {
    return new RegistryException(400, 400, reason);
  }

  static RegistryException noRoute(String method, String path) {
    return new RegistryException(404, 404, "HTTP 404 Not Found: " + method + " " + path);
  }

  static RegistryException notStored(String reason) {
    return new RegistryException(500, 50001, "Error in the backend data store: " + reason);
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }
}
