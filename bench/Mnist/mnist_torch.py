"""PyTorch's side of bench/Mnist: 784-512-512-10 as its tutorials write it, one thread, on splits that the bench wrote.
usage: mnist_torch.py DIR SEED EPOCHS BATCH   (DIR: {train,validation,test}.{x,y}, raw little-endian float32 pixels and int32 labels)
prints one JSON line: accuracy on the test split after the last epoch, processor and wall seconds of the training with its validations
"""
import json
import os
import sys
import time

# Presets of the environment can force slower kernels on a peer; let it pick.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import torch
import torch.nn.functional as F

folder, seed, epochs, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
torch.set_num_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(seed)


def load(split):
    x = np.fromfile(os.path.join(folder, split + ".x"), dtype="<f4").reshape(-1, 784) / np.float32(255)
    y = np.fromfile(os.path.join(folder, split + ".y"), dtype="<i4").astype(np.int64)
    return torch.from_numpy(x), torch.from_numpy(y)


def accuracy(x, y):
    with torch.no_grad():
        return sum((model(a).argmax(1) == b).sum().item() for a, b in zip(x.split(1000), y.split(1000))) / len(y)


(x, y), (vx, vy), (tx, ty) = load("train"), load("validation"), load("test")
model = torch.nn.Sequential(
    torch.nn.Linear(784, 512), torch.nn.ReLU(), torch.nn.Linear(512, 512), torch.nn.ReLU(), torch.nn.Linear(512, 10))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, foreach=True)
cpu, wall = time.process_time(), time.perf_counter()
for _ in range(epochs):
    for rows in torch.randperm(len(y)).split(batch):
        optimizer.zero_grad()
        F.cross_entropy(model(x[rows]), y[rows]).backward()
        optimizer.step()
    accuracy(vx, vy)
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
print(json.dumps({"accuracy": accuracy(tx, ty), "cpu": cpu, "wall": wall, "version": torch.__version__}))
