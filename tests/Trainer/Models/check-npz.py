"""Recomputes a model's predictions from its .npz alone: check-npz.py MODEL.npz INPUTS.npy; prints the predictions, one row a line."""
import json
import sys

import numpy as np

numbers = np.load(sys.argv[1])
x = np.load(sys.argv[2]).astype(np.float64)
about = json.loads(numbers["definition"].item())
x = (x - numbers["input_center"]) * numbers["input_scale"]
orders = range(1, about["encoding"]["order"] + 1)
if about["encoding"]["kind"] == "taylor":
    x = np.hstack([x**n for n in orders])
elif about["encoding"]["kind"] == "fourier1d":
    x = np.hstack([x, *[np.sin(n * x) for n in orders], *[np.cos(n * x) for n in orders]])
activation = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, about["activation"]["slope"] * z),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "sine": lambda z: np.sin(about["activation"]["frequency"] * z),
}[about["activation"]["kind"]]
layers = len(about["hidden_widths"]) + 1
for i in range(layers):
    x = x @ numbers[f"weights{i}"] + numbers[f"biases{i}"]
    if i < layers - 1:
        x = activation(x)
if about["task"] == "classification":
    x = np.exp(x - x.max(axis=1, keepdims=True))
    x /= x.sum(axis=1, keepdims=True)
elif about["task"] == "binary_classification":
    x = 1 / (1 + np.exp(-x))
np.savetxt(sys.stdout, x * numbers["output_scale"] + numbers["output_shift"], fmt="%.9g")
