#!/usr/bin/env python3
"""Images decoded in a second by one thread of Pillow: decode_speed.py FOLDER SECONDS.

Each folder inside FOLDER holds images of one kind; prints "NAME RATE" for each. Started by benchmarks/stream
with BENCHMARK_PYTHON.
"""

import io
import sys
import time
from pathlib import Path

from PIL import Image


def once(images, seconds):
    start = time.perf_counter()
    done = 0
    while time.perf_counter() - start < seconds:
        for image in images:
            Image.open(io.BytesIO(image)).load()
        done += len(images)
    return done / (time.perf_counter() - start)


def main():
    folder, seconds = sys.argv[1:]
    for kind in sorted(Path(folder).iterdir()):
        images = [file.read_bytes() for file in sorted(kind.iterdir())]
        once(images, float(seconds))
        print(kind.name, once(images, float(seconds)), flush=True)


if __name__ == "__main__":
    main()
