package io.nirvanastreams.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nirvanastreams.openset.measure.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpochProtocolsTest {
  private final EpochProtocols run =
      new EpochProtocols(
          List.of(
              epoch(1, 0.5, 0.99),
              epoch(2, 0.8, 0.95),
              epoch(3, 0.8, 0.96),
              epoch(4, 0.7, 0.99),
              epoch(5, 0.6, 0.9)));

  @Test
  void shouldChooseByEachProtocol() {
    assertThat(run.last().epoch()).isEqualTo(5);
    assertThat(run.selected().epoch()).isEqualTo(3);
    assertThat(run.bestOnTest("auroc").epoch()).isEqualTo(1);
    assertThat(run.byProtocol("auroc"))
        .containsOnlyKeys(
            EpochProtocols.LAST, EpochProtocols.SELECTED, EpochProtocols.BEST_ON_TEST);
    assertThat(run.toMarkdown("auroc"))
        .contains("| protocol | auroc |")
        .contains("| selected on validation, epoch 3 | 0.9600 |")
        .contains("| best on test (as the authors), epoch 1 | 0.9900 |");
  }

  @Test
  void shouldTakeTheLastWithoutValidation() {
    EpochProtocols blind =
        new EpochProtocols(List.of(epoch(1, Double.NaN, 0.9), epoch(2, Double.NaN, 0.8)));
    assertThat(blind.selected().epoch()).isEqualTo(2);
  }

  @Test
  void shouldGiveTheWholeCurve() {
    assertThat(new EpochProtocols(List.of(epoch(3, Double.NaN, 0.9))).toCsv())
        .isEqualTo("epoch,validation,auroc\n3,,0.9\n");
  }

  @Test
  void shouldSummariseEachProtocolOverSplits() {
    EpochProtocols other = new EpochProtocols(List.of(epoch(1, 0.9, 0.8), epoch(2, 0.1, 0.7)));
    Map<String, EpochProtocols> runs = new LinkedHashMap<>();
    runs.put("first", run);
    runs.put("second", other);

    ProtocolSummary summary = new ProtocolSummary("auroc", runs);

    assertThat(summary.spreads().get(EpochProtocols.LAST).get("auroc"))
        .isEqualTo(Spread.of(0.9, 0.7));
    assertThat(summary.spreads().get(EpochProtocols.SELECTED).get("auroc"))
        .isEqualTo(Spread.of(0.96, 0.8));
    assertThat(summary.spreads().get(EpochProtocols.BEST_ON_TEST).get("auroc"))
        .isEqualTo(Spread.of(0.99, 0.8));
    assertThat(summary.toMarkdown())
        .contains("| protocol, mean of 2 splits | auroc |")
        .contains("| last epoch | 0.8000 ± 0.1414 |");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProtocolSummary("oscr", runs))
        .withMessageContaining("auroc");
    assertThatIllegalArgumentException().isThrownBy(() -> new ProtocolSummary("auroc", Map.of()));
  }

  @Test
  void shouldRefuseCurvesThatAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EpochProtocols(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EpochProtocols(List.of(epoch(2, 1, 1), epoch(2, 1, 1))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new EpochProtocols(List.of(epoch(1, 1, 1), new EpochMeasures(2, 1, Map.of()))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.bestOnTest("oscr"))
        .withMessageContaining("auroc");
  }

  private static EpochMeasures epoch(int epoch, double validation, double auroc) {
    return new EpochMeasures(epoch, validation, Map.of("auroc", auroc));
  }
}
