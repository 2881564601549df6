package io.nirvanastreams.trainer.publish;

import io.nirvanastreams.records.signature.SigningKey;
import java.time.Duration;

/**
 * How a trainer publishes and promotes by itself. Immutable.
 *
 * @param signer signs the manifests; null leaves them unsigned
 * @param margin from the decision to promote until it takes effect
 * @param readiness how long the processors are waited for, and what then
 */
public record PublishingSettings(
    SigningKey signer, Duration margin, InstanceReadiness.Settings readiness) {}
