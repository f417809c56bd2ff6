"""A program that ApproxCluster tunes: gradient descent on a line through noisy points, in plain Python.

It is started once for each trial. The parameters come as JSON, here as the last argument; each epoch is reported as
one line of JSON on standard output. Anything else that it prints is ignored.
"""
import json
import os
import random
import signal
import sys
import time

parameters = json.loads(sys.argv[-1])
epochs = int(os.environ["APPROX_EPOCHS"])
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a good place to tidy up


data = random.Random(0)  # the same data for all trials; the trial's own seed is for weights and the order of batches


def points(count, noise):
    xs = [data.uniform(-1, 1) for _ in range(count)]
    return [(x, 0.7 * x - 0.2 + data.gauss(0, noise)) for x in xs]


def loss(samples, a, b):
    return sum((a * x + b - y) ** 2 for x, y in samples) / len(samples)


training, validation, test = points(64, 0.1), points(64, 0.1), points(256, 0.1)
rate = parameters["learning_rate"]
momentum = parameters.get("optimizer.sgd.momentum", 0.0)
start = random.Random(int(os.environ["APPROX_SEED"]))
a, b, va, vb = start.gauss(0, 1), start.gauss(0, 1), 0.0, 0.0
first = 1

# What was kept by an earlier start of the same trial, if there was one.
checkpoint = os.path.join(os.environ.get("APPROX_CHECKPOINT_DIR", ""), "weights.json")
if "APPROX_CHECKPOINT_DIR" in os.environ and os.path.exists(checkpoint):
    with open(checkpoint) as file:
        first, a, b, va, vb = json.load(file)

print("training on", len(training), "points")
for epoch in range(first, epochs + 1):
    size = parameters["batch_size"]
    order = training[:]
    random.Random(f"{os.environ['APPROX_SEED']} {epoch}").shuffle(order)
    for place in range(0, len(order), size):
        batch = order[place:place + size]
        ga = sum(2 * (a * x + b - y) * x for x, y in batch) / len(batch)
        gb = sum(2 * (a * x + b - y) for x, y in batch) / len(batch)
        va, vb = momentum * va - rate * ga, momentum * vb - rate * gb
        a, b = a + va, b + vb
    time.sleep(float(os.environ.get("DESCEND_SECONDS", "0")))
    if "APPROX_CHECKPOINT_DIR" in os.environ:
        with open(checkpoint + ".new", "w") as file:
            json.dump([epoch + 1, a, b, va, vb], file)
        os.replace(checkpoint + ".new", checkpoint)
    print(json.dumps({
        "epoch": epoch,
        "train": {"loss": loss(training, a, b)},
        "validation": {"loss": loss(validation, a, b)},
        "test": {"loss": loss(test, a, b)},
    }), flush=True)
