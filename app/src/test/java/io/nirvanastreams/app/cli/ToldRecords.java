package io.nirvanastreams.app.cli;

import io.nirvanastreams.processor.model.ControlListener;
import io.nirvanastreams.schemas.Calibration;
import io.nirvanastreams.schemas.ClassCentre;
import io.nirvanastreams.schemas.ModelManifest;
import io.nirvanastreams.schemas.Promotion;
import java.util.Map;
import java.util.TreeMap;

/** Remembers what a listener of control topics is told, by kind and key. */
final class ToldRecords implements ControlListener {
  private final Map<String, Object> told = new TreeMap<>();

  /** What was told so far: "centre default/1/spot", say, and its value. */
  Map<String, Object> byKey() {
    return told;
  }

  @Override
  public void manifest(String key, ModelManifest manifest) {
    told.put("manifest " + key, manifest);
  }

  @Override
  public void centre(String key, ClassCentre centre) {
    told.put("centre " + key, centre);
  }

  @Override
  public void calibration(String key, Calibration calibration) {
    told.put("calibration " + key, calibration);
  }

  @Override
  public void promotion(String key, Promotion promotion) {
    told.put("promotion " + key, promotion);
  }
}
