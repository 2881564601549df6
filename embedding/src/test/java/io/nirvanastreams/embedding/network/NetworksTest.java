package io.nirvanastreams.embedding.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworksTest {
  private static final InputShape COLOUR = new InputShape(3, 32, 32);

  @Test
  void shouldHaveTheWeightsOfThePaper() {
    NetworkSpec spec = Networks.byName("classifier32", Map.of(), COLOUR, 128);

    assertThat(spec.parameters()).isEqualTo(997_056 + 2 * (2 * 64 + 7 * 128));
    assertThat(spec.layers()).noneMatch(Layer.Linear.class::isInstance);
  }

  @Test
  void shouldAddAHeadWhereTheDimensionIsAnother() {
    NetworkSpec spec = Networks.byName("classifier32", Map.of(), COLOUR, 40);

    assertThat(spec.layers()).last().isEqualTo(new Layer.Linear("head", 128, 40));
  }

  @Test
  void shouldNameWhatTheLastLayerAddsToTheFeature() {
    InputShape faces = new InputShape(3, 112, 112);
    assertThat(Networks.byName("lenet-small", Map.of(), COLOUR, 10).featureBias())
        .contains("fc.bias");
    assertThat(Networks.byName("classifier32", Map.of(), COLOUR, 40).featureBias())
        .contains("head.bias");
    assertThat(Networks.byName("iresnet50", Map.of(), faces, 512).featureBias())
        .contains("features.bias");
    assertThat(Networks.byName("classifier32", Map.of("dam", "2"), COLOUR, 200).featureBias())
        .contains("layers.6.bias");
    assertThat(Networks.byName("classifier32", Map.of(), COLOUR, 128).featureBias()).isEmpty();
  }

  @Test
  void shouldFitTheSmallNetworkToItsImages() {
    NetworkSpec digits = Networks.byName("lenet-small", Map.of(), new InputShape(1, 28, 28), 32);
    NetworkSpec colour = Networks.byName("lenet-small", Map.of("hidden", "48"), COLOUR, 10);

    assertThat(digits.layers()).contains(new Layer.Hidden("fc1", "bn4", 64 * 3 * 3, 64));
    assertThat(colour.layers())
        .contains(new Layer.Hidden("fc1", "bn4", 64 * 4 * 4, 48))
        .last()
        .isEqualTo(new Layer.Linear("fc", 48, 10));
  }

  @Test
  void shouldStartTheSmallNetworkAsAsked() {
    NetworkSpec spec = Networks.byName("lenet-small", Map.of(), COLOUR, 10);
    NetworkSpec torch =
        Networks.byName("lenet-small", Map.of("initialisation", "torch"), COLOUR, 10);

    assertThat(spec.initialisation()).isEqualTo(NetworkSpec.Initialisation.KAIMING);
    assertThat(torch.initialisation()).isEqualTo(NetworkSpec.Initialisation.TORCH);
    assertThatThrownBy(
            () -> Networks.byName("lenet-small", Map.of("initialisation", "zero"), COLOUR, 10))
        .hasMessageContaining("kaiming or torch");
  }

  @Test
  void shouldRefuseWhatNoNetworkIs() {
    assertThatThrownBy(() -> Networks.byName("resnet", Map.of(), COLOUR, 2))
        .hasMessageContaining(
            "no network is called resnet; there are [classifier32, lenet-small, ");
    assertThatThrownBy(() -> Networks.byName("lenet-small", Map.of("depth", "3"), COLOUR, 2))
        .hasMessageContaining("no option depth");
    assertThatThrownBy(() -> Networks.byName("lenet-small", Map.of("hidden", "0"), COLOUR, 2))
        .hasMessageContaining("hidden is at least 1, not 0");
    assertThatThrownBy(() -> Networks.byName("lenet-small", Map.of(), new InputShape(1, 28, 7), 2))
        .hasMessageContaining("too small");
    assertThatThrownBy(() -> Networks.byName("classifier32", Map.of("dropout", "1"), COLOUR, 128))
        .hasMessageContaining("dropout");
    assertThatThrownBy(() -> Networks.byName("classifier32", Map.of(), COLOUR, 0))
        .hasMessageContaining("at least 1 value");
  }

  @Test
  void shouldHaveThePublishedNumbersOfParameters() {
    InputShape photo = new InputShape(3, 224, 224);
    InputShape face = new InputShape(3, 112, 112);
    // torchvision's models without their last layer.
    assertThat(parameters("resnet18", photo, 512)).isEqualTo(11_176_512);
    assertThat(parameters("resnet34", photo, 512)).isEqualTo(21_284_672);
    assertThat(parameters("resnet50", photo, 2048)).isEqualTo(23_508_032);
    assertThat(parameters("resnet101", photo, 2048)).isEqualTo(42_500_160);
    // The same with a first convolution of 3x3.
    assertThat(parameters("resnet18", COLOUR, 512)).isEqualTo(11_168_832);
    assertThat(parameters("resnet34", COLOUR, 512)).isEqualTo(21_276_992);
    assertThat(parameters("resnet50", COLOUR, 2048)).isEqualTo(23_500_352);
    assertThat(parameters("resnet101", COLOUR, 2048)).isEqualTo(42_492_480);
    // InsightFace's numbers count the 512 scales of the last normalisation, which stay at 1.
    assertThat(parameters("iresnet50", face, 512)).isEqualTo(43_590_848 - 512);
    assertThat(parameters("iresnet100", face, 512)).isEqualTo(65_156_160 - 512);
  }

  @Test
  void shouldHaveAsManyTensorsAsTheirStateDictionaries() {
    NetworkSpec resnet = Networks.byName("resnet18", Map.of(), COLOUR, 512);
    NetworkSpec faces = Networks.byName("iresnet100", Map.of(), new InputShape(3, 112, 112), 512);

    assertThat(resnet.tensors().size() + resnet.counters().size()).isEqualTo(122 - 2);
    assertThat(faces.tensors().size() + faces.counters().size()).isEqualTo(925);
    assertThat(names(resnet))
        .contains(
            "conv1.weight",
            "bn1.running_var",
            "layer1.0.conv1.weight",
            "layer2.0.downsample.0.weight",
            "layer2.0.downsample.1.bias")
        .doesNotContain("layer1.0.downsample.0.weight");
    assertThat(names(faces))
        .contains("prelu.weight", "layer1.0.prelu.weight", "layer4.2.bn3.bias", "features.weight");
  }

  @Test
  void shouldGiveLenetPlusTheTwoThousandValuesOfTheAuthors() {
    NetworkSpec authors = Networks.byName("lenet++", Map.of(), COLOUR, 2);
    NetworkSpec digits = Networks.byName("lenet++", Map.of(), new InputShape(1, 28, 28), 2);

    assertThat(authors.layers()).contains(new Layer.Linear("fc1", 2048, 2));
    assertThat(digits.layers()).contains(new Layer.Linear("fc1", 128 * 3 * 3, 2));
  }

  @Test
  void shouldNameTheRepresentation() {
    assertThat(Networks.byName("resnet50", Map.of(), COLOUR, 10).representation()).isEqualTo(2048);
    assertThat(Networks.byName("resnet50", Map.of(), COLOUR, 2048).representation())
        .isEqualTo(2048);
    assertThat(Networks.byName("lenet++", Map.of("dam", "3"), COLOUR, 10).representation())
        .isEqualTo(2);
  }

  @Test
  void shouldRefuseFeaturesLongerThanTheNetworksOwn() {
    assertThatThrownBy(() -> Networks.byName("resnet18", Map.of(), COLOUR, 513))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resnet18 has features of length 512, shorter than D = 513")
        .hasMessageContaining("option dam");
    assertThatThrownBy(() -> Networks.byName("iresnet100", Map.of(), COLOUR, 1000))
        .hasMessageContaining("features of length 512, shorter than D = 1000");
    assertThat(Networks.byName("resnet18", Map.of("dam", "1"), COLOUR, 513).dimension())
        .isEqualTo(513);
    assertThat(Networks.byName("iresnet100", Map.of("revised", "1"), COLOUR, 1000).dimension())
        .isEqualTo(1000);
  }

  @Test
  void shouldRefuseOptionsThatMakeNoSense() {
    assertThatThrownBy(() -> Networks.byName("resnet18", Map.of("stem", "large"), COLOUR, 512))
        .hasMessageContaining("cifar or imagenet, not large");
    assertThatThrownBy(() -> Networks.byName("resnet18", Map.of("width", "wide"), COLOUR, 512))
        .hasMessageContaining("width is a whole number, not \"wide\"");
    assertThatThrownBy(
            () -> Networks.byName("resnet18", Map.of("dam", "1", "revised", "1"), COLOUR, 600))
        .hasMessageContaining("not both");
    assertThatThrownBy(() -> Networks.byName("resnet18", Map.of("dam", "17"), COLOUR, 600))
        .hasMessageContaining("dam is from 1 to 16, not 17");
    assertThatThrownBy(() -> Networks.byName("iresnet50", Map.of("dropout", "x"), COLOUR, 512))
        .hasMessageContaining("dropout is a number");
    assertThatThrownBy(() -> Networks.byName("resnet18", Map.of("deep", "1"), COLOUR, 512))
        .hasMessageContaining("no option deep; resnet18 has [dam, revised, stem, width]");
    assertThatThrownBy(() -> Networks.byName("lenet++", Map.of(), new InputShape(3, 32, 7), 2))
        .hasMessageContaining("too small");
  }

  private static long parameters(String architecture, InputShape input, int dimension) {
    return Networks.byName(architecture, Map.of(), input, dimension).parameters();
  }

  private static List<String> names(NetworkSpec spec) {
    return spec.tensors().stream().map(TensorSpec::name).toList();
  }
}
