package io.nirvanastreams.trainer.retrain;

import io.nirvanastreams.embedding.image.ImageEncoder;
import io.nirvanastreams.schemas.GroupMember;
import io.nirvanastreams.schemas.GroupState;
import io.nirvanastreams.schemas.LabelAction;
import io.nirvanastreams.schemas.LabelAssigned;
import io.nirvanastreams.schemas.Novelty;
import io.nirvanastreams.schemas.NoveltyGroup;
import io.nirvanastreams.schemas.Recognition;
import io.nirvanastreams.schemas.SubjectType;
import io.nirvanastreams.trainer.Models;
import java.nio.ByteBuffer;

/** Records as the stream and people write them. */
final class Events {
  private Events() {}

  static byte[] pixels(int value) {
    return new byte[] {(byte) value, 1, 2, 3};
  }

  static Novelty novelty(String eventId, int value) {
    return Novelty.newBuilder()
        .setRecognition(Recognition.newBuilder().setEventId(eventId).build())
        .setMediaType("image/png")
        .setBytes(ByteBuffer.wrap(ImageEncoder.png(pixels(value), Models.INPUT)))
        .build();
  }

  static GroupMember member(String eventId, String groupId) {
    return GroupMember.newBuilder().setEventId(eventId).setGroupId(groupId).build();
  }

  static NoveltyGroup merged(String groupId, String into) {
    return NoveltyGroup.newBuilder()
        .setGroupId(groupId)
        .setState(GroupState.MERGED)
        .setMergedInto(into)
        .build();
  }

  static LabelAssigned group(String groupId, String className) {
    return label(groupId, SubjectType.GROUP, LabelAction.ASSIGN, className);
  }

  static LabelAssigned event(String eventId, String className) {
    return label(eventId, SubjectType.EVENT, LabelAction.ASSIGN, className);
  }

  static LabelAssigned ignoredGroup(String groupId) {
    return label(groupId, SubjectType.GROUP, LabelAction.IGNORE, "");
  }

  static LabelAssigned erasedGroup(String groupId) {
    return label(groupId, SubjectType.GROUP, LabelAction.ERASE, "");
  }

  private static LabelAssigned label(
      String subject, SubjectType type, LabelAction action, String className) {
    return LabelAssigned.newBuilder()
        .setSubjectId(subject)
        .setSubjectType(type)
        .setAction(action)
        .setClassName(className)
        .build();
  }
}
