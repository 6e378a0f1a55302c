"""Compares kb's encoder with all-MiniLM-L6-v2 in numpy (float32 and, for the golden file, float64), and writes that file.

usage: encoder.py compare MODEL DATA [--command 'CMD']   1,000 texts of 1 to 256 tokens; cosine >= 0.99999 each, or exit status 1
       encoder.py golden  MODEL OUT.json                 writes Tests/EmbeddingTests/Fixtures/encoder.json

CMD reads lines {"_id","text"} and writes lines {"vector":[..]} in the same order.
"""
import json
import math
import os
import random
import shlex
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from tokenizer import byte_offsets, in_virtual_environment, load, texts_of  # noqa: E402

LAYERS, HEADS = 6, 12


class Reference:
    """The encoder in numpy, one text at a time, in the number type given; with float64 erf is exact."""

    def __init__(self, model, dtype):
        import numpy as np
        from safetensors.numpy import load_file
        self.np, self.dtype = np, dtype
        self.w = {k: v.astype(dtype) for k, v in load_file(os.path.join(model, "model.safetensors")).items() if v.dtype == np.float32}
        self.tokenizer = load(model, 256)
        exact = np.frompyfunc(math.erf, 1, 1)
        self.erf = (lambda x: exact(x).astype(dtype)) if dtype == np.float64 else self.fast_erf

    def fast_erf(self, x):
        """Abramowitz & Stegun 7.1.26, absolute error below 1.5e-7."""
        np = self.np
        t = 1 / (1 + np.float32(0.3275911) * np.abs(x))
        p = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
        return (np.sign(x) * (1 - p * np.exp(-x * x))).astype(self.dtype)

    def norm(self, x, name):
        np = self.np
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12) * self.w[name + ".weight"] + self.w[name + ".bias"]

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def states(self, text):
        """The encoding and the final state of each token (L, C)."""
        np = self.np
        encoding = self.tokenizer.encode(text)
        ids = encoding.ids
        n = len(ids)
        x = self.w["embeddings.word_embeddings.weight"][ids] + self.w["embeddings.position_embeddings.weight"][:n]
        x = self.norm(x + self.w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        c = x.shape[1]
        for layer in range(LAYERS):
            p = f"encoder.layer.{layer}."
            q, k, v = (self.linear(x, p + "attention.self." + m).reshape(n, HEADS, c // HEADS).transpose(1, 0, 2)
                       for m in ("query", "key", "value"))
            s = q @ k.transpose(0, 2, 1) / np.sqrt(self.dtype(c // HEADS))
            s = np.exp(s - s.max(-1, keepdims=True))
            a = ((s / s.sum(-1, keepdims=True)) @ v).transpose(1, 0, 2).reshape(n, c)
            x = self.norm(x + self.linear(a, p + "attention.output.dense"), p + "attention.output.LayerNorm")
            h = self.linear(x, p + "intermediate.dense")
            h = h * (1 + self.erf(h / np.sqrt(self.dtype(2)))) / 2
            x = self.norm(x + self.linear(h, p + "output.dense"), p + "output.LayerNorm")
        return encoding, x

    def unit(self, rows):
        mean = rows.mean(0)
        return mean / self.np.linalg.norm(mean)


def sample(data, tokenizer, count):
    """`count` texts whose token counts spread evenly over 1..256 (marks not counted), and the very short ones."""
    chance = random.Random(1)
    pool = chance.sample(list(texts_of(data)), 20_000)
    by_length = {}
    for text, encoding in zip(pool, tokenizer.encode_batch(pool)):
        by_length.setdefault(len(encoding.ids), []).append(text)
    texts = ["", "a"]
    while len(texts) < count:
        length = chance.randint(3, 256)
        if by_length.get(length):
            texts.append(chance.choice(by_length[length]))
    return texts


def compare(model, data, command):
    import numpy as np
    reference = Reference(model, np.float32)
    texts = sample(data, reference.tokenizer, 1000)
    lines = "".join(json.dumps({"_id": str(i), "text": t}) + "\n" for i, t in enumerate(texts))
    run = subprocess.run(shlex.split(command), input=lines, capture_output=True, text=True, check=True)
    got = np.array([json.loads(line)["vector"] for line in run.stdout.splitlines()], dtype=np.float64)
    want = np.array([reference.unit(reference.states(t)[1]) for t in texts], dtype=np.float64)
    cosines = (got * want).sum(1) / np.linalg.norm(got, axis=1) / np.linalg.norm(want, axis=1)
    print(f"{len(texts)} texts: cosine least {cosines.min():.9f}, mean {cosines.mean():.9f}; "
          f"greatest difference of an element {np.abs(got - want).max():.2e}; lengths {np.linalg.norm(got, axis=1).min():.7f}"
          f"..{np.linalg.norm(got, axis=1).max():.7f}")
    sys.exit(0 if len(got) == len(texts) and cosines.min() >= 0.99999 else 1)


GOLDEN = [
    ("", []), ("password", []),
    ("How do I reset my password?", []),
    ("To add a calendar, open the menu. Choose New Calendar. Then pick a name and a colour.", [(0, 33), (34, 54), (55, 85), (33, 34), (0, 85)]),
    ("Café déjà vu. Ärger über Öl! 日本語のテキスト。", [(0, 16), (17, 32), (33, 60)]),
    ("The printer answers on port 9100 but every page stays in the queue. " * 24, [(0, 67), (68, 135), (1564, 1631)]),
]


def golden(model, out):
    import numpy as np
    reference = Reference(model, np.float64)
    cases = []
    for text, ranges in GOLDEN:
        encoding, states = reference.states(text)
        offsets = byte_offsets(text, encoding.offsets)
        rows = []
        for low, high in ranges:
            inside = [i for i, (a, b) in enumerate(offsets) if low <= a and b <= high and b > a]
            rows.append(reference.unit(states[inside]) if inside else np.zeros(states.shape[1]))
        short = lambda v: [round(float(x), 7) for x in v]  # noqa: E731
        cases.append({"text": text, "vector": short(reference.unit(states)), "segments": ranges, "segmentVectors": [short(r) for r in rows]})
    with open(out, "w", encoding="utf-8") as f:
        f.write("[\n" + ",\n".join(json.dumps(c) for c in cases) + "\n]\n")
    print(f"{len(cases)} texts to {out}")


if __name__ == "__main__":
    in_virtual_environment()
    if len(sys.argv) < 4 or sys.argv[1] not in ("compare", "golden"):
        sys.exit(__doc__)
    if sys.argv[1] == "golden":
        golden(sys.argv[2], sys.argv[3])
    else:
        here = os.path.dirname(os.path.abspath(__file__))
        compare(sys.argv[2], sys.argv[3], sys.argv[5] if "--command" in sys.argv else f"{here}/../../.build/release/kb-bench encode {sys.argv[2]}")
