#!/usr/bin/env python3
"""Reads what Nirvana answers, as a program that is not Nirvana's.

    python recognitions.py                      # until Ctrl-C
    python recognitions.py --from-beginning --count 10 --json
"""

import argparse
import json
import sys
import time
import uuid

from confluent_kafka import Consumer, KafkaError, KafkaException
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bootstrap-servers", default="127.0.0.1:9092")
    parser.add_argument("--schema-registry-url", default="http://127.0.0.1:8081")
    parser.add_argument("--topic-prefix", default="nirvana")
    parser.add_argument("--group", help="name of the consumer group; its place is kept")
    parser.add_argument("--from-beginning", action="store_true", help="also what was answered before")
    parser.add_argument("--count", type=int, help="end after so many answers")
    parser.add_argument("--timeout", type=float, help="end with 1 when nothing comes for so many seconds")
    parser.add_argument("--json", action="store_true", help="whole records, one a line")
    options = parser.parse_args()

    topic = f"{options.topic_prefix}.recognitions"
    deserializer = AvroDeserializer(SchemaRegistryClient({"url": options.schema_registry_url}))
    consumer = Consumer(
        {
            "bootstrap.servers": options.bootstrap_servers,
            "group.id": options.group or f"recognitions-{uuid.uuid4()}",
            "enable.auto.commit": options.group is not None,
            "auto.offset.reset": "earliest" if options.from_beginning else "latest",
            # Each image has exactly one answer for those who read only what is committed.
            "isolation.level": "read_committed",
        }
    )
    consumer.subscribe([topic])
    read, last = 0, time.monotonic()
    try:
        while options.count is None or read < options.count:
            message = consumer.poll(0.5)
            if message is None:
                if options.timeout and time.monotonic() - last > options.timeout:
                    sys.exit(f"{read} answers, then none for {options.timeout:g} s")
                continue
            if message.error():
                if message.error().code() == KafkaError._PARTITION_EOF:
                    continue
                raise KafkaException(message.error())
            answer = deserializer(message.value(), SerializationContext(topic, MessageField.VALUE))
            read, last = read + 1, time.monotonic()
            if options.json:
                print(json.dumps(answer, default=str), flush=True)
            else:
                what = answer["label"] if answer["outcome"] == "KNOWN" else answer["outcome"].lower()
                print(f"{answer['sourceId']:16} {what:16} p={answer['pValue']:.3f}  "
                      f"model {answer['modelName']}/{answer['modelVersion']}", flush=True)
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
