#!/usr/bin/env python3
"""The speed of classifier32 in Python torch: torch_peer.py [threads [rounds]].

The same network, batches, input and optimiser as benchmarks/run, so that the two can be set beside
each other. Variants are timed in turn, round after round; printed are median, quartiles and best.

    python3 -m venv venv && venv/bin/pip install torch && venv/bin/python torch_peer.py 2 20
"""

import os
import sys
import time

THREADS = int(sys.argv[1]) if len(sys.argv) > 1 else os.cpu_count()
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 20
# Before torch starts its pool; the same settings as the launcher's.
os.environ["OMP_NUM_THREADS"] = str(THREADS)
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
ALLOCATOR = {"MALLOC_MMAP_THRESHOLD_": "4294967296", "MALLOC_TRIM_THRESHOLD_": "17179869184"}
if any(name not in os.environ for name in ALLOCATOR):
    # The allocator reads them when the process starts.
    os.execve(sys.executable, [sys.executable] + sys.argv, {**ALLOCATOR, **os.environ})

import torch  # noqa: E402
from torch import nn  # noqa: E402

TRAINING_BATCH = 128
INFERENCE_BATCH = 32
WARM_UP = 3
# (in, out, stride)
CONVOLUTIONS = [(3, 64, 1), (64, 64, 1), (64, 128, 2)] + [
    (128, 128, 1),
    (128, 128, 1),
    (128, 128, 2),
] * 2


class Classifier32(nn.Module):
    """Nine convolutions, as in the authors' code."""

    def __init__(self):
        super().__init__()
        layers = []
        for i, (inputs, outputs, stride) in enumerate(CONVOLUTIONS):
            if i % 3 == 0:
                layers.append(nn.Dropout2d(0.2))
            layers.append(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False))
            layers.append(nn.BatchNorm2d(outputs))
            layers.append(nn.LeakyReLU(0.2))
        self.layers = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())

    def forward(self, pixels, channels_last):
        x = pixels.permute(0, 3, 1, 2).float().mul_(1 / 255)
        return self.layers(x if channels_last else x.contiguous())


def pixels(count):
    generator = torch.Generator().manual_seed(1)
    return torch.randint(0, 256, (count, 32, 32, 3), dtype=torch.uint8, generator=generator)


def network(channels_last):
    net = Classifier32()
    return net.to(memory_format=torch.channels_last) if channels_last else net


def training(channels_last, reduced):
    net = network(channels_last).train()
    optimiser = torch.optim.SGD(net.parameters(), 0.01, momentum=0.9, weight_decay=1e-4)
    images = pixels(TRAINING_BATCH)

    def step():
        with torch.autocast("cpu", torch.bfloat16, enabled=reduced):
            features = net(images, channels_last)
        loss = features.float().square().mean()
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        return loss.item()

    return step


def inference(channels_last, reduced):
    net = network(channels_last).eval()
    images = pixels(INFERENCE_BATCH)

    def extract():
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=reduced):
            return net(images, channels_last).float().sum().item()

    return extract


def product():
    square = torch.ones(1024, 1024)

    def multiply():
        with torch.inference_mode():
            for _ in range(4):
                torch.mm(square, square)

    return multiply


def measure(works):
    seconds = {name: [] for name in works}
    for turn in range(-WARM_UP, ROUNDS):
        for name, (work, _) in works.items():
            start = time.perf_counter()
            work()
            if turn >= 0:
                seconds[name].append(time.perf_counter() - start)
    for name, (_, units) in works.items():
        rates = sorted(units / taken for taken in seconds[name])
        last = len(rates) - 1
        lower, median, upper = rates[last // 4], rates[last // 2], rates[last - last // 4]
        print(
            f"{name:<45} {median:8.2f}  (quartiles {lower:.2f} to {upper:.2f},"
            f" best {rates[last]:.2f})"
        )


def main():
    torch.set_num_threads(THREADS)
    torch.manual_seed(1)
    print(f"classifier32, torch {torch.__version__}, {THREADS} threads, {ROUNDS} rounds")
    measure(
        {
            "matrix product, GFLOP/s": (product(), 8e-9 * 1024**3),
            "inference, fp32, images/s": (inference(False, False), INFERENCE_BATCH),
            "inference, fp32 channels_last, images/s": (inference(True, False), INFERENCE_BATCH),
            "inference, bf16 channels_last, images/s": (inference(True, True), INFERENCE_BATCH),
        }
    )
    measure(
        {
            "training, fp32, images/s": (training(False, False), TRAINING_BATCH),
            "training, fp32 channels_last, images/s": (training(True, False), TRAINING_BATCH),
            "training, bf16 channels_last, images/s": (training(True, True), TRAINING_BATCH),
        }
    )


if __name__ == "__main__":
    main()
