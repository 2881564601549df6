#!/usr/bin/env python3
"""The same work in Python: stream_loop.py BOOTSTRAP REGISTRY PREFIX ID BATCH fp32|bf16.

Consumes images, decodes, embeds with classifier32 in torch, decides and produces the same records, in
transactions of the same length as the product's, exactly once as well. Says "ready" and ends at the end
of its input. Started by benchmarks/stream with BENCHMARK_PYTHON=.../python, which needs

    python3 -m venv venv && venv/bin/pip install torch confluent-kafka fastavro pillow
"""

import io
import json
import os
import sys
import threading
import time
import urllib.request

import fastavro
import torch
from confluent_kafka import Consumer, Producer
from PIL import Image
from torch import nn

COMMIT_SECONDS = 0.030
CONVOLUTIONS = [(3, 64, 1), (64, 64, 1), (64, 128, 2)] + [
    (128, 128, 1),
    (128, 128, 1),
    (128, 128, 2),
] * 2
DIMENSION = 128
PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16}
CLASSES = 10


def network(precision):
    """Nine convolutions, batch normalisation folded into them as for any serving."""
    layers = []
    for inputs, outputs, stride in CONVOLUTIONS:
        layers += [nn.Conv2d(inputs, outputs, 3, stride, 1), nn.LeakyReLU(0.2, inplace=True)]
    net = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())
    return net.eval().to(memory_format=torch.channels_last, dtype=precision)


class Registry:
    """Schemas of two subjects."""

    def __init__(self, url, prefix):
        self.reader = self.latest(url, prefix + ".images-value")[1]
        self.id, self.writer = self.latest(url, prefix + ".recognitions-value")

    @staticmethod
    def latest(url, subject):
        with urllib.request.urlopen(f"{url}/subjects/{subject}/versions/latest") as answer:
            version = json.load(answer)
        return version["id"], fastavro.parse_schema(json.loads(version["schema"]))

    def read(self, value):
        return fastavro.schemaless_reader(io.BytesIO(value[5:]), self.reader)

    def write(self, record):
        out = io.BytesIO()
        out.write(b"\0" + self.id.to_bytes(4, "big"))
        fastavro.schemaless_writer(out, self.writer, record)
        return out.getvalue()


def pixels(event):
    image = Image.open(io.BytesIO(event["bytes"])).convert("RGB")
    return torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).view(32, 32, 3)


def recognition(event, known, nearest, distances, cosines, score, count):
    return {
        "eventId": event["eventId"],
        "sourceId": event["sourceId"],
        "scope": event["scope"],
        "capturedAt": event["capturedAt"],
        "modelName": "default",
        "modelVersion": 1,
        "outcome": "KNOWN" if known else "UNKNOWN",
        "label": f"class-{nearest[0]}",
        "score": score,
        "distance": distances[0] ** 0.5,
        "cosine": cosines[0],
        "nearest": [
            {"label": f"class-{i}", "squaredDistance": d, "cosine": c}
            for i, d, c in zip(nearest, distances, cosines)
        ],
        "timings": {"batchSize": count, "answeredAt": int(time.time() * 1000)},
    }


class Loop:
    def __init__(self, bootstrap, registry, prefix, name, batch, precision):
        self.batch = batch
        self.prefix = prefix
        self.registry = Registry(registry, prefix)
        self.precision = precision
        self.net = network(precision)
        self.centres = nn.functional.normalize(torch.randn(CLASSES, DIMENSION)) * 16
        self.consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": name,
                "auto.offset.reset": "earliest",
                "enable.auto.commit": False,
                "isolation.level": "read_committed",
            }
        )
        self.producer = Producer(
            {"bootstrap.servers": bootstrap, "transactional.id": name, "linger.ms": 0}
        )
        self.producer.init_transactions()
        self.consumer.subscribe([prefix + ".images"])

    def answer(self, messages):
        events = [self.registry.read(message.value()) for message in messages]
        images = torch.stack([pixels(event) for event in events])
        with torch.inference_mode():
            inputs = images.permute(0, 3, 1, 2).float().mul_(1 / 255)
            features = self.net(inputs.to(self.precision)).float()
            squared = torch.cdist(features, self.centres).square()
            distances, nearest = squared.topk(3, largest=False)
            cosines = nn.functional.cosine_similarity(
                features.unsqueeze(1), self.centres[nearest], dim=2
            )
        rows = zip(events, nearest.tolist(), distances.tolist(), cosines.tolist())
        for event, near, distance, cosine in rows:
            record = recognition(
                event, distance[0] < 1e9, near, distance, cosine, -distance[0], len(events)
            )
            self.producer.produce(
                self.prefix + ".recognitions", self.registry.write(record), event["sourceId"]
            )
        self.producer.poll(0)

    def run(self, ends):
        begun = None
        while not ends.is_set():
            messages = [m for m in self.consumer.consume(self.batch, 0.005) if not m.error()]
            if messages:
                if begun is None:
                    self.producer.begin_transaction()
                    begun = time.monotonic()
                self.answer(messages)
            if begun is not None and time.monotonic() - begun >= COMMIT_SECONDS:
                self.producer.send_offsets_to_transaction(
                    self.consumer.position(self.consumer.assignment()),
                    self.consumer.consumer_group_metadata(),
                )
                self.producer.commit_transaction()
                begun = None
        self.consumer.close()


def main():
    bootstrap, registry, prefix, name, batch, precision = sys.argv[1:]
    torch.set_num_threads(os.cpu_count())
    loop = Loop(bootstrap, registry, prefix, name, int(batch), PRECISIONS[precision])
    ends = threading.Event()

    def listen():
        for line in sys.stdin:
            if line.strip() == "stop":
                break
        ends.set()

    threading.Thread(target=listen, daemon=True).start()
    print("ready", flush=True)
    loop.run(ends)


if __name__ == "__main__":
    main()
