#!/usr/bin/env python3
"""A camera that is not Nirvana's: sends images to be recognised.

Image files and folders need nothing more than requirements.txt; a camera number, a video or a URL
needs OpenCV (pip install opencv-python-headless).

    python camera.py frames/ --source door
    python camera.py 0 --source webcam --fps 2
"""

import argparse
import pathlib
import sys
import time
import uuid
from datetime import datetime, timezone

from confluent_kafka import Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

MEDIA_TYPES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif"}
SUFFIXES = {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp"}


def files(path):
    """The images of a folder in the order of their names, or one image."""
    found = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in found:
        if file.suffix.lower() in SUFFIXES:
            yield file.read_bytes(), {"file": file.name}


def video(location, fps):
    """The frames of whatever OpenCV opens, as JPEG, at most so many a second."""
    try:
        import cv2
    except ImportError:
        sys.exit(f"{location} is no file of images; for cameras: pip install opencv-python-headless")
    capture = cv2.VideoCapture(int(location) if location.isdigit() else location)
    if not capture.isOpened():
        sys.exit(f"OpenCV cannot open {location}")
    number, due = 0, 0.0
    while True:
        read, frame = capture.read()
        if not read:
            return
        number += 1
        if time.monotonic() < due:
            continue
        due = time.monotonic() + 1 / fps
        encoded, jpeg = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 90])
        if encoded:
            yield jpeg.tobytes(), {"frame": str(number)}


def media_type(image):
    return next((t for start, t in MEDIA_TYPES.items() if image.startswith(start)), "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("images", help="image, folder, camera number, video or URL")
    parser.add_argument("--source", default="python-camera", help="id of the camera")
    parser.add_argument("--scope", default="default", help="unknowns of one scope are grouped")
    parser.add_argument("--fps", type=float, default=5, help="frames a second of a camera")
    parser.add_argument("--bootstrap-servers", default="127.0.0.1:9092")
    parser.add_argument("--schema-registry-url", default="http://127.0.0.1:8081")
    parser.add_argument("--topic-prefix", default="nirvana")
    options = parser.parse_args()

    topic = f"{options.topic_prefix}.images"
    registry = SchemaRegistryClient({"url": options.schema_registry_url})
    # The schema comes from the registry, so that nothing is registered from here and no copy of
    # it grows old in this file.
    schema = registry.get_latest_version(f"{topic}-value").schema
    serializer = AvroSerializer(
        registry, schema, conf={"auto.register.schemas": False, "use.latest.version": True}
    )
    producer = Producer(
        {
            "bootstrap.servers": options.bootstrap_servers,
            "acks": "all",
            "enable.idempotence": True,
            "message.max.bytes": 8 * 1024 * 1024,
            # As Java's clients do, so that a source has one partition whoever sends.
            "partitioner": "murmur2_random",
        }
    )
    refused = []
    path = pathlib.Path(options.images)
    source = files(path) if path.exists() else video(options.images, options.fps)
    sent = 0
    try:
        for image, attributes in source:
            event = {
                "eventId": str(uuid.uuid4()),
                "sourceId": options.source,
                "scope": options.scope,
                "capturedAt": datetime.now(timezone.utc),
                "mediaType": media_type(image),
                "bytes": image,
                "reference": None,
                "region": None,
                "attributes": attributes,
            }
            value = serializer(event, SerializationContext(topic, MessageField.VALUE))
            while True:
                try:
                    producer.produce(
                        topic,
                        key=options.source,
                        value=value,
                        on_delivery=lambda error, _: refused.append(error) if error else None,
                    )
                    break
                except BufferError:
                    producer.poll(0.1)  # its buffer is full: wait until the cluster took some
            producer.poll(0)
            sent += 1
    except KeyboardInterrupt:
        pass
    producer.flush()
    if refused:
        sys.exit(f"{len(refused)} of {sent} images were refused: {refused[0]}")
    print(f"{sent} images sent to {topic}")


if __name__ == "__main__":
    main()
