package io.nirvanastreams.embedding.network;

import io.nirvanastreams.embedding.model.InputShape;
import java.util.List;
import java.util.Map;

/** The networks by name. Stateless. */
public final class Networks {
  /** The network of the paper's experiments: 9 convolutions, 1.0 M weights, 128 features. */
  public static final String CLASSIFIER32 = "classifier32";

  /** A small network that trains in about a minute on a laptop. */
  public static final String LENET_SMALL = "lenet-small";

  /** The network of the paper's pictures: 6 convolutions, 2 features. */
  public static final String LENET_PLUS = "lenet++";

  /** 11.2 M weights, 512 features. */
  public static final String RESNET18 = "resnet18";

  /** 21.3 M weights, 512 features. */
  public static final String RESNET34 = "resnet34";

  /** 23.5 M weights, 2048 features. */
  public static final String RESNET50 = "resnet50";

  /** 42.5 M weights, 2048 features. */
  public static final String RESNET101 = "resnet101";

  /** For faces of 112x112: 43.6 M weights, 512 features. */
  public static final String IRESNET50 = "iresnet50";

  /** For faces of 112x112: 65.2 M weights, 512 features. */
  public static final String IRESNET100 = "iresnet100";

  private Networks() {}

  /** All names. */
  public static List<String> names() {
    return List.of(
        CLASSIFIER32,
        LENET_SMALL,
        LENET_PLUS,
        RESNET18,
        RESNET34,
        RESNET50,
        RESNET101,
        IRESNET50,
        IRESNET100);
  }

  /**
   * The layer table of a network.
   *
   * <p>{@code classifier32}: option {@code dropout} (0.2), the probability that a channel is left
   * out in training. A linear head is added when D is not 128, the width of its last layer.
   *
   * <p>{@code lenet-small}: blocks of convolution, normalisation, LeakyReLU and pooling, then a
   * hidden layer, the representation, and a linear head. Options {@code channels} (16,32,64), one
   * number a block, and {@code hidden} (64).
   *
   * <p>{@code lenet++}: its last layer gives the D features, or 2 under an augmentation. The
   * authors take 32x32 images, which leave 2048 values for it.
   *
   * <p>{@code resnet18}, {@code resnet34}, {@code resnet50}, {@code resnet101}: options {@code
   * stem} ({@code cifar}: 3x3, nothing halved, for images up to 32x32; {@code imagenet}: 7x7 and
   * pooling, for larger ones) and {@code width} (64), the channels of the first stage. The features
   * have 8 or 32 times that length; where D is less, a linear head is added.
   *
   * <p>{@code iresnet50}, {@code iresnet100}: options {@code width} (64) and {@code dropout} (0)
   * before the last layer, which gives the D features; at most 512.
   *
   * <p>Any of them: {@code dam} = k, the dimension augmentation module, k blocks of linear layer,
   * PReLU and batch normalisation that lead from the network's own features to D, and a linear
   * layer; or {@code revised} = k, k linear layers. The features before them are the
   * representation.
   *
   * @param architecture one of {@link #names()}
   * @param options settings; what is absent takes its default
   * @param input the images it takes
   * @param dimension D, the length of the feature
   * @throws IllegalArgumentException for an unknown name or option, a shape the network cannot
   *     take, or a D that a ResNet or iResNet reaches only with an augmentation
   */
  public static NetworkSpec byName(
      String architecture, Map<String, String> options, InputShape input, int dimension) {
    if (dimension < 1) {
      throw new IllegalArgumentException("a feature has at least 1 value, not " + dimension);
    }
    Augmentation augmentation = Augmentation.of(options);
    NetworkRequest request =
        new NetworkRequest(architecture, options, input, dimension, augmentation);
    return switch (architecture) {
      case CLASSIFIER32 -> Classifier32.table(request);
      case LENET_SMALL -> Lenets.small(request);
      case LENET_PLUS -> Lenets.plus(request);
      case RESNET18, RESNET34, RESNET50, RESNET101 -> ResNets.table(request);
      case IRESNET50, IRESNET100 -> IResNets.table(request);
      default ->
          throw new IllegalArgumentException(
              "no network is called " + architecture + "; there are " + names());
    };
  }
}
