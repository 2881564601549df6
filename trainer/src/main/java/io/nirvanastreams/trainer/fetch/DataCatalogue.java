package io.nirvanastreams.trainer.fetch;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data sets of the experiments, with the places that publish them. Lengths and checksums are
 * those that several independent loaders of the same files check. Stateless.
 */
public final class DataCatalogue {
  // The page of the authors answers downloads with an error since 2024; these hold the same files.
  private static final List<String> MNIST =
      List.of(
          "https://ossci-datasets.s3.amazonaws.com/mnist/",
          "https://storage.googleapis.com/cvdf-datasets/mnist/");

  private static final List<String> FASHION =
      List.of("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
  private static final List<String> CIFAR = List.of("https://www.cs.toronto.edu/~kriz/");
  private static final List<String> SVHN = List.of("http://ufldl.stanford.edu/housenumbers/");
  private static final List<String> TINY_IMAGENET = List.of("http://cs231n.stanford.edu/");

  private static final String CIFAR_TERMS =
      "No licence is stated; for research, citing Krizhevsky, \"Learning Multiple Layers of"
          + " Features from Tiny Images\", 2009.";

  private static final List<DataSet> ALL =
      List.of(
          new DataSet(
              "mnist",
              "MNIST, 70,000 handwritten digits, 28x28 grey",
              "CC BY-SA 3.0; Yann LeCun and Corinna Cortes.",
              List.of(
                  file(
                      MNIST,
                      "train-images-idx3-ubyte.gz",
                      9_912_422,
                      "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                  file(
                      MNIST,
                      "train-labels-idx1-ubyte.gz",
                      28_881,
                      "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                  file(
                      MNIST,
                      "t10k-images-idx3-ubyte.gz",
                      1_648_877,
                      "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                  file(
                      MNIST,
                      "t10k-labels-idx1-ubyte.gz",
                      4_542,
                      "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
              "",
              List.of()),
          new DataSet(
              "fashion-mnist",
              "Fashion-MNIST, 70,000 pieces of clothing, 28x28 grey",
              "MIT; Zalando SE.",
              List.of(
                  file(
                      FASHION,
                      "train-images-idx3-ubyte.gz",
                      26_421_880,
                      "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                  file(
                      FASHION,
                      "train-labels-idx1-ubyte.gz",
                      29_515,
                      "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                  file(
                      FASHION,
                      "t10k-images-idx3-ubyte.gz",
                      4_422_102,
                      "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                  file(
                      FASHION,
                      "t10k-labels-idx1-ubyte.gz",
                      5_148,
                      "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
              "",
              List.of(
                  "T-shirt",
                  "Trouser",
                  "Pullover",
                  "Dress",
                  "Coat",
                  "Sandal",
                  "Shirt",
                  "Sneaker",
                  "Bag",
                  "Boot")),
          new DataSet(
              "cifar10",
              "CIFAR-10, 60,000 images of 10 classes, 32x32 colour",
              CIFAR_TERMS,
              List.of(
                  file(
                      CIFAR,
                      "cifar-10-binary.tar.gz",
                      170_052_171,
                      "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
              "cifar-10-batches-bin",
              List.of()),
          new DataSet(
              "cifar100",
              "CIFAR-100, 60,000 images of 100 classes, 32x32 colour",
              CIFAR_TERMS,
              List.of(
                  file(
                      CIFAR,
                      "cifar-100-binary.tar.gz",
                      168_513_733,
                      "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec")),
              "cifar-100-binary",
              List.of()),
          new DataSet(
              "svhn",
              "Street View House Numbers, 99,289 cropped digits, 32x32 colour",
              "For non-commercial use only; Netzer et al., Stanford University and Google.",
              List.of(
                  file(
                      SVHN,
                      "train_32x32.mat",
                      182_040_794,
                      "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8"),
                  file(
                      SVHN,
                      "test_32x32.mat",
                      64_275_384,
                      "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b")),
              "",
              List.of()),
          new DataSet(
              "tiny-imagenet",
              "Tiny-ImageNet, 110,000 labelled images of 200 classes, 64x64 colour",
              "The terms of ImageNet: for non-commercial research and education.",
              List.of(
                  file(
                      TINY_IMAGENET,
                      "tiny-imagenet-200.zip",
                      248_100_043,
                      "6198c8ae015e2b3e007c7841da39ad069199b9aa3bfa943a462022fe5e43c821")),
              "tiny-imagenet-200",
              List.of()));

  private DataCatalogue() {}

  private static RemoteFile file(List<String> places, String name, long bytes, String sha256) {
    Stream<URI> all = places.stream().map(place -> URI.create(place + name));
    return new RemoteFile(name, bytes, sha256, all.toList());
  }

  /** All of them, the small ones first. */
  public static List<DataSet> all() {
    return ALL;
  }

  /**
   * One by its name.
   *
   * @throws IllegalArgumentException when there is none of that name; the message names them all
   */
  public static DataSet byName(String name) {
    return ALL.stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no data set '%s'; there are %s"
                        .formatted(
                            name, String.join(", ", ALL.stream().map(DataSet::name).toList()))));
  }
}
