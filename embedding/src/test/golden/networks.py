"""Features of the public networks, for GoldenNetworksTest.

    python networks.py DSC ARCFACE_TORCH OUTPUT.safetensors

DSC is a checkout of Cevikalp/dsc, ARCFACE_TORCH the folder recognition/arcface_torch of
deepinsight/insightface; torch and torchvision are installed. No weights are stored: both sides
compute them, and the images, from names and positions.
"""
import json
import math
import struct
import sys
import zlib

import numpy as np
import torch
from torch import nn


def uniform(name, count):
    """Values from 0 to 1 that are exact in float32."""
    x = (np.arange(count, dtype=np.uint64) * 0x9E3779B1 + zlib.crc32(name.encode())) & 0xFFFFFFFF
    x = ((x ^ (x >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    x ^= x >> 13
    return (x >> 8).astype(np.float64) / (1 << 24)


def fill(model):
    """Weights that keep the size of activations; statistics and slopes far from the defaults."""
    state = model.state_dict()
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked"):
            continue
        u = uniform(name, tensor.numel())
        if tensor.dim() > 1:
            values = (2 * u - 1) * math.sqrt(3.0 / (tensor.numel() // tensor.shape[0]))
        elif name.endswith("running_var"):
            values = 0.5 + u
        elif name.endswith(".weight"):
            slope = name.split(".")[:-1] + ["running_var"]
            values = 0.5 + u if ".".join(slope) in state else 0.1 + 0.3 * u
        else:
            values = 0.4 * u - 0.2
        tensor.copy_(torch.from_numpy(values.astype(np.float32)).reshape(tensor.shape))


def features(model, side):
    fill(model)
    images = uniform("input", 2 * 3 * side * side).astype(np.float32).reshape(2, 3, side, side)
    with torch.no_grad():
        return model.eval()(torch.from_numpy(images)).numpy()


def main(dsc, arcface, output):
    sys.path[:0] = [dsc, arcface]
    from torchvision.models import resnet

    from backbones import iresnet
    from modules.lenet import LeNet
    from Networks.DAMNet_new import DAMGeneralML

    def classifier(model, cifar=False):
        model.fc = nn.Identity()
        if cifar:
            model.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
            model.maxpool = nn.Identity()
        return model

    lenet = LeNet(20)
    lenet.prelu2_2 = nn.PReLU()
    iresnet.IResNet.fc_scale = 2 * 2
    results = {
        "resnet18-imagenet": features(classifier(resnet.resnet18()), 48),
        "resnet34-cifar": features(classifier(resnet.resnet34(), cifar=True), 16),
        "resnet50-imagenet": features(classifier(resnet.resnet50()), 48),
        "resnet101-imagenet": features(classifier(resnet.resnet101()), 48),
        "iresnet50": features(iresnet.iresnet50(), 32),
        "iresnet100": features(iresnet.iresnet100(), 32),
        "lenet++-dam": features(DAMGeneralML(lenet, 2, 20, 2), 32),
    }
    header, data = {}, b""
    for name, values in results.items():
        print(name, values.shape, values.std(), np.abs(values).max())
        begin, data = len(data), data + values.astype("<f4").tobytes()
        offsets = [begin, len(data)]
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": offsets}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(output, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    main(*sys.argv[1:])
