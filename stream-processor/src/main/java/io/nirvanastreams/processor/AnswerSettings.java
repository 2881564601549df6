package io.nirvanastreams.processor;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.nirvanastreams.embedding.image.ImageLimits;
import io.nirvanastreams.processor.consensus.ConsensusOptions;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;

/**
 * The settings of what is accepted, grouped, counted and told: name, type, default, check, text.
 */
final class AnswerSettings {
  private AnswerSettings() {}

  /** Adds the definitions and returns the same object. */
  static ConfigDef addTo(ConfigDef definitions) {
    return definitions
        .define(
            "images.roots",
            ConfigDef.Type.LIST,
            List.of(),
            Importance.LOW,
            "Where images given by reference must lie: folders and s3://BUCKET/PREFIX, separated"
                + " by commas; empty allows none.")
        .define(
            "decode.max.bytes",
            ConfigDef.Type.INT,
            ImageLimits.DEFAULT.maxBytes(),
            atLeast(1),
            Importance.MEDIUM,
            "Most bytes of an encoded image; larger ones are answered UNDECODABLE.")
        .define(
            "decode.max.pixels",
            ConfigDef.Type.LONG,
            ImageLimits.DEFAULT.maxPixels(),
            between(1, 1L << 30),
            Importance.MEDIUM,
            "Most pixels of an image, as its header says them: decoding takes up to eight bytes"
                + " for each, in every decode thread.")
        .define(
            "decode.max.aspect",
            ConfigDef.Type.DOUBLE,
            ImageLimits.DEFAULT.maxAspect(),
            atLeast(1),
            Importance.LOW,
            "Largest ratio of an image's longer to its shorter side.")
        .define(
            "decode.max.frames",
            ConfigDef.Type.INT,
            ImageLimits.DEFAULT.maxFrames(),
            atLeast(1),
            Importance.LOW,
            "Most frames or pages of an image, of which the first is decoded.")
        .define(
            "grouping.join.distance",
            ConfigDef.Type.DOUBLE,
            0.30,
            between(0, 2),
            Importance.MEDIUM,
            "Largest cosine distance to a group at which an unknown joins it.")
        .define(
            "grouping.merge.distance",
            ConfigDef.Type.DOUBLE,
            0.20,
            between(0, 2),
            Importance.MEDIUM,
            "Groups at least this near become one.")
        .define(
            "grouping.minimum.size",
            ConfigDef.Type.INT,
            10,
            atLeast(1),
            Importance.MEDIUM,
            "Unknowns that make a group; fewer are noise so far.")
        .define(
            "grouping.maximum.clusters",
            ConfigDef.Type.INT,
            256,
            atLeast(1),
            Importance.LOW,
            "Groups and candidates kept per scope; bounds the memory.")
        .define(
            "grouping.exemplars",
            ConfigDef.Type.INT,
            6,
            between(0, 64),
            Importance.LOW,
            "Images kept of a group to look at.")
        .define(
            "grouping.exemplar.max.bytes",
            ConfigDef.Type.INT,
            128 * 1024,
            between(0, 1024 * 1024),
            Importance.LOW,
            "Larger images are not kept as exemplars.")
        .define(
            "alerts.cooldown.ms",
            ConfigDef.Type.LONG,
            300_000L,
            atLeast(0),
            Importance.MEDIUM,
            "Shortest time between two alerts about the same group or scope, by capture time.")
        .define(
            "alerts.flood.window.ms",
            ConfigDef.Type.LONG,
            60_000L,
            atLeast(1),
            Importance.LOW,
            "Time over which the share of unknowns is looked at, by capture time.")
        .define(
            "alerts.flood.share",
            ConfigDef.Type.DOUBLE,
            0.8,
            between(0, 1),
            Importance.LOW,
            "Share of unknowns in that time that is a flood.")
        .define(
            "alerts.flood.minimum",
            ConfigDef.Type.INT,
            100,
            atLeast(1),
            Importance.LOW,
            "Answers in that time without which there is no flood.")
        .define(
            "consensus.frames",
            ConfigDef.Type.INT,
            0,
            between(0, ConsensusOptions.MOST_FRAMES),
            Importance.MEDIUM,
            "Images of a track, the newest ones, that vote; 0 switches consensus off.")
        .define(
            "consensus.votes",
            ConfigDef.Type.INT,
            0,
            between(0, ConsensusOptions.MOST_FRAMES),
            Importance.LOW,
            "Votes that make a consensus, more than half of consensus.frames; 0 for the smallest"
                + " majority.")
        .define(
            "consensus.track",
            ConfigDef.Type.STRING,
            "source",
            new NonEmptyString(),
            Importance.LOW,
            "What a track is: source, or attribute:NAME for an attribute of the images of one"
                + " source.")
        .define(
            "consensus.expiry.ms",
            ConfigDef.Type.LONG,
            10_000L,
            atLeast(0),
            Importance.LOW,
            "Images older than this vote no more, by record time.")
        .define(
            "consensus.maximum.tracks",
            ConfigDef.Type.INT,
            1000,
            atLeast(1),
            Importance.LOW,
            "Tracks kept per partition; bounds the memory.")
        .define(
            "consensus.gates.novelties",
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            "Whether an unknown image is grouped and alerted about only where the consensus of"
                + " its track is unknown as well.")
        .define(
            "alarms.enabled",
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.MEDIUM,
            "Whether answers say which unknowns raise an alarm within a budget per source.")
        .define(
            "alarms.budget",
            ConfigDef.Type.DOUBLE,
            0.1,
            between(0, 0.999),
            Importance.MEDIUM,
            "Share of false alarms among the alarms of a source that is aimed at; 0 leaves"
                + " budgets to overrides alone.")
        .define(
            "alarms.maximum.sources",
            ConfigDef.Type.INT,
            1000,
            atLeast(1),
            Importance.LOW,
            "Sources kept per partition; one that was forgotten begins its budget anew.")
        .define(
            "alarms.gate.alerts",
            ConfigDef.Type.BOOLEAN,
            true,
            Importance.LOW,
            "Whether alerts about new and growing groups wait for an image that raises an alarm,"
                + " where alarms are enabled.")
        .define(
            "gauge.events",
            ConfigDef.Type.INT,
            4096,
            between(0, 1_000_000),
            Importance.LOW,
            "Answers kept per partition to be found again when a person labels their image, for"
                + " the measured rate of false unknowns; 0 switches the gauge off.")
        .define(
            "gauge.sample",
            ConfigDef.Type.INT,
            16,
            atLeast(1),
            Importance.LOW,
            "Of the answers known, one in so many is kept for the gauge; of the unknown, all.");
  }
}
