package io.nirvanastreams.embedding.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.nirvanastreams.embedding.Engines;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptModuleTest {
  private static final String SUM =
      ScriptModule.signature("sum", ", x: Tensor, w: List[Tensor], f: float", "Tensor")
          + "    return torch.mul(torch.add(torch.add(x, w[0]), w[1]), f)\n";
  private static final String SPLIT =
      ScriptModule.signature("split", ", x: Tensor", "Tuple[Tensor, Tensor]")
          + "    return (torch.neg(x), torch.relu(x))\n";

  private final NDManager manager = Engines.newManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  @Test
  void shouldRunTheMethodsOfAnArchive() {
    ScriptModule module = new ScriptModule(manager, List.of(SUM, SPLIT));
    NDArray x = manager.create(new float[] {1, -2});

    NDList sum = module.run("sum", manager, x, List.of(x, x), 0.5);
    NDList split = module.run("split", manager, x);

    assertThat(sum).hasSize(1);
    assertThat(sum.get(0).toFloatArray()).containsExactly(1.5f, -3);
    assertThat(split.get(0).toFloatArray()).containsExactly(-1, 2);
    assertThat(split.get(1).toFloatArray()).containsExactly(1, 0);
  }

  @Test
  void shouldGiveArraysToTheirOwner() {
    ScriptModule module = new ScriptModule(manager, List.of(SPLIT));
    NDArray x = manager.create(new float[] {1, -2});
    NDArray result;
    try (NDManager scratch = manager.newSubManager()) {
      result = module.run("split", scratch, x).get(0);
    }

    assertThat(result.isReleased()).isTrue();
    assertThat(x.toFloatArray()).containsExactly(1, -2);
  }

  @Test
  void shouldStoreFourFilesUncompressed() throws Exception {
    byte[] archive = ScriptArchive.of(List.of(SUM));

    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
        names.add(entry.getName());
      }
    }
    assertThat(names)
        .containsExactly(
            "graph/data.pkl", "graph/code/__torch__.py", "graph/constants.pkl", "graph/version");
    assertThat(ScriptArchive.of(List.of(SUM))).isEqualTo(archive);
  }

  @Test
  void shouldRefuseCodeThatDoesNotCompile() {
    String nonsense =
        ScriptModule.signature("sum", ", x: Tensor", "Tensor") + "    return torch.nonsense(x)\n";

    assertThatThrownBy(() -> new ScriptModule(manager, List.of(nonsense)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("nonsense");
  }
}
