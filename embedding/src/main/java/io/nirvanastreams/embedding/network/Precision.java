package io.nirvanastreams.embedding.network;

import java.util.Locale;

/** How exactly the convolutions of a network are computed. */
public enum Precision {
  /** bfloat16 where the processor has it and a check shows that the answers stay, else float32. */
  AUTO,
  /** 32-bit floating point. */
  FP32,
  /**
   * bfloat16, 8 bits of mantissa, with float32 sums; weights, statistics and heads stay float32.
   */
  BF16;

  /**
   * The precision of a setting.
   *
   * @throws IllegalArgumentException when it is none of {@code auto}, {@code fp32}, {@code bf16}
   */
  public static Precision of(String setting) {
    return switch (setting) {
      case "auto" -> AUTO;
      case "fp32" -> FP32;
      case "bf16" -> BF16;
      default ->
          throw new IllegalArgumentException(
              "a precision is auto, fp32 or bf16, not '" + setting + "'");
    };
  }

  /** As it is set. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
