"""Train the model on the digits of UCI: run this file, and model.safetensors is made again."""

import numpy as np
from model import probabilities
from safetensors.numpy import save_file
from sklearn.datasets import load_digits

EPOCHS, RATE, SEED = 300, 0.5, 20261122
HELD_BACK = 360  # the last pictures, to validate with


def main() -> None:
    data = load_digits()
    pixels = (data.data / 16.0).astype(np.float32)
    labels = np.eye(10, dtype=np.float32)[data.target]
    train, test = slice(None, -HELD_BACK), slice(-HELD_BACK, None)
    rng = np.random.default_rng(SEED)
    weights = rng.normal(0, 0.01, (10, 64)).astype(np.float32)
    bias = np.zeros(10, np.float32)
    for _ in range(EPOCHS):
        error = probabilities(pixels[train], weights, bias) - labels[train]
        weights -= RATE * (error.T @ pixels[train]) / len(error)
        bias -= RATE * error.mean(axis=0)
    found = probabilities(pixels[test], weights, bias).argmax(axis=1)
    print(f"right: {(found == data.target[test]).mean():.1%} of {HELD_BACK}")
    save_file({"weights": weights, "bias": bias}, "model.safetensors", metadata={"format": "np"})


if __name__ == "__main__":
    main()
