"""Speed of kb's encoder beside ONNX Runtime float32, both in turns in one run, with 1 and 2 threads.

usage: encoder.py MODEL DATA RESULT.json [--precision float32|int8] [--command 'CMD'] [--graph minilm_onnx_fp32.py] [--rounds N] [--every N]

Work: chunks of about 200-250 tokens cut from DATA/thunderbird/articles (tokens per second), and single questions from
DATA/stackfaq/queries.jsonl (seconds each). ONNX Runtime gets the better of batch 1, 4, 8 and 16, sorted by length, padded to the longest
of the batch; its tokens are counted without padding. Tokenization is inside the time on both sides (Hugging Face `tokenizers` there).
CMD, a parameter, starts kb's bench loop ({threads} is filled in): lines {"texts","oneByOne"} in, {"seconds","cpu","tokens"} out.
The vectors of both must agree (cosine > 0.9999, of int8 > 0.98) or the run fails. `wall` is the clock's time; `cpu` is the time the process really
computed, which other programs on the machine disturb less. What this does not show: other machines, quantised models, GPUs.
"""
import json
import os
import platform
import re
import shlex
import statistics
import subprocess
import sys
import time

PINS = ["tokenizers==0.23.3", "numpy==2.3.5", "safetensors==0.8.0", "onnx==1.23.2", "onnxruntime==1.31.1"]
HERE = os.path.dirname(os.path.abspath(__file__))


def in_virtual_environment():
    home = os.path.join(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "kb-reference", "venv")
    python = os.path.join(home, "bin", "python")
    if os.path.realpath(sys.prefix) == os.path.realpath(home):
        return
    if not os.path.exists(python):
        subprocess.check_call([sys.executable, "-m", "venv", home])
    if subprocess.call([python, "-c", "import tokenizers, numpy, onnx, onnxruntime"], stderr=subprocess.DEVNULL):
        subprocess.check_call([python, "-m", "pip", "install", "-q", *PINS])
    os.execv(python, [python, *sys.argv])


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


class ONNX:
    def __init__(self, graph, model, threads):
        import numpy as np
        import onnxruntime as ort
        from tokenizers import Tokenizer
        self.np = np
        self.tokenizer = Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Idle workers sleep instead of spinning between runs of this script's other program.
        options.add_session_config_entry("session.force_spinning_stop", "1")
        self.session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def encode(self, texts, batch):
        np = self.np
        ids = [e.ids for e in self.tokenizer.encode_batch(texts)] if len(texts) > 1 else [self.tokenizer.encode(texts[0]).ids]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), 384), np.float32)
        for start in range(0, len(order), batch):
            rows = order[start:start + batch]
            longest = max(len(ids[i]) for i in rows)
            a = np.zeros((len(rows), longest), np.int64)
            m = np.zeros((len(rows), longest), np.int64)
            for r, i in enumerate(rows):
                a[r, :len(ids[i])] = ids[i]
                m[r, :len(ids[i])] = 1
            out[rows] = self.session.run(None, {"input_ids": a, "attention_mask": m})[0]
        return out

    def measure(self, texts, batch, one_by_one):
        wall, cpu = time.perf_counter(), time.process_time()
        if one_by_one:
            for t in texts:
                self.encode([t], 1)
        else:
            self.encode(texts, batch)
        return time.perf_counter() - wall, time.process_time() - cpu


class KB:
    def __init__(self, command):
        self.child = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def measure(self, texts, one_by_one):
        self.child.stdin.write(json.dumps({"texts": texts, "oneByOne": one_by_one}) + "\n")
        self.child.stdin.flush()
        answer = json.loads(self.child.stdout.readline())
        self.tokens = answer["tokens"]
        return answer["seconds"], answer["cpu"]


def chunks(data, tokenizer):
    """Paragraphs of each article, gathered until the next would pass 250 tokens."""
    out = []
    folder = os.path.join(data, "thunderbird", "articles")
    for name in sorted(os.listdir(folder)):
        body = open(os.path.join(folder, name), encoding="utf-8").read().split("---\n", 2)[-1]
        parts = []
        for paragraph in body.split("\n\n"):
            words = paragraph.split(" ")
            parts += [" ".join(words[i:i + 100]) for i in range(0, len(words), 100)]
        held, size = [], 0
        for part in parts:
            n = len(tokenizer.encode(part, add_special_tokens=False).ids)
            if size + n > 248 and size >= 200:
                out.append("\n\n".join(held))
                held, size = [], 0
            held.append(part)
            size += n
        # the rest of an article is left out: every chunk has 200 tokens or more
    return out


def processor():
    names = re.findall(r"model name\s*: (.*)", open("/proc/cpuinfo").read()) if os.path.exists("/proc/cpuinfo") else []
    return names[0] if names else platform.processor()


def main():
    import numpy as np
    model, data, result = sys.argv[1:4]
    precision = option("--precision", "float32")
    least = {"float32": 0.9999, "int8": 0.98}[precision]
    bench = f"{HERE}/../../.build/release/kb-bench encode {model} --precision {precision}"
    command = option("--command", bench + " --bench --threads {threads}")
    vectors = option("--vectors", bench)
    generator = option("--graph", os.path.join(os.environ.get("KB_PEERS", os.path.join(HERE, "../../../shared/peers")), "minilm_onnx_fp32.py"))
    rounds = int(option("--rounds", "5"))
    graph = os.path.join(os.path.expanduser("~/.cache/kb-reference"), "minilm.onnx")
    if not os.path.exists(graph):
        subprocess.check_call([sys.executable, generator, model, graph])

    first = ONNX(graph, model, 2)
    passages = chunks(data, first.tokenizer)[:: int(option("--every", "8"))]
    questions = [json.loads(line)["text"] for line in open(f"{data}/stackfaq/queries.jsonl", encoding="utf-8")][:: 12]
    counts = [len(first.tokenizer.encode(t).ids) for t in passages]
    asked = [len(first.tokenizer.encode(t).ids) for t in questions]
    print(f"{len(passages)} chunks of {min(counts)}..{max(counts)} tokens, {len(questions)} questions of {min(asked)}..{max(asked)}")

    lines = "".join(json.dumps({"_id": "", "text": t}) + "\n" for t in passages + questions)
    ran = subprocess.run(shlex.split(vectors), input=lines, capture_output=True, text=True, check=True)
    got = np.array([json.loads(line)["vector"] for line in ran.stdout.splitlines()], np.float32)
    agreement = float((got * first.encode(passages + questions, 8)).sum(1).min())
    assert agreement > least, f"the vectors differ: least cosine {agreement}"

    report = {
        "machine": {"processor": processor(), "cores": os.cpu_count(), "system": platform.platform()},
        "versions": {"onnxruntime": __import__("onnxruntime").__version__, "tokenizers": __import__("tokenizers").__version__,
                     "numpy": np.__version__, "openblas": option("--openblas", "0.3.21+ds-4 (Debian)")},
        "n": {"chunks": len(passages), "tokens": sum(counts), "questions": len(questions), "rounds": rounds},
        "precision": precision, "least cosine between both": agreement, "load average at the start": os.getloadavg()[0], "threads": {},
    }
    for threads in (1, 2):
        onnx, kb = ONNX(graph, model, threads), KB(command.format(threads=threads))
        runs = {"kb": lambda: kb.measure(passages, False)}
        for batch in (1, 4, 8, 16):
            runs[f"onnxruntime batch {batch}"] = lambda batch=batch: onnx.measure(passages, batch, False)
        single = {"kb": lambda: kb.measure(questions, True), "onnxruntime": lambda: onnx.measure(questions, 1, True)}
        tables = []
        for programs in (runs, single):
            for run in programs.values():
                run()  # warm up
            times = {name: [] for name in programs}
            for _ in range(rounds):
                for name, run in programs.items():
                    times[name].append(run())
            tables.append(times)
        speeds = {name: {"tokens per second, median": round(sum(counts) / statistics.median(w for w, _ in t)),
                         "tokens per second, best": round(sum(counts) / min(w for w, _ in t)),
                         "tokens per cpu second, best": round(sum(counts) / min(c for _, c in t)),
                         "seconds": [round(w, 4) for w, _ in t], "cpu seconds": [round(c, 4) for _, c in t]}
                  for name, t in tables[0].items()}
        latencies = {name: {"ms each, median": round(1000 * statistics.median(w for w, _ in t) / len(questions), 3),
                            "ms each, best": round(1000 * min(w for w, _ in t) / len(questions), 3),
                            "cpu ms each, best": round(1000 * min(c for _, c in t) / len(questions), 3)}
                     for name, t in tables[1].items()}
        report["threads"][threads] = {"chunks": speeds, "questions": latencies}
        for name, row in [*speeds.items(), *latencies.items()]:
            print(threads, "threads", name, {k: v for k, v in row.items() if "seconds" not in k})
        peers = [row for name, row in speeds.items() if name != "kb"]
        for measure in ("median", "best"):
            key = f"tokens per second, {measure}"
            ratio = speeds["kb"][key] / max(p[key] for p in peers)
            wait = latencies["kb"][f"ms each, {measure}"] / latencies["onnxruntime"][f"ms each, {measure}"]
            report["threads"][threads][f"kb / best onnxruntime, {measure}"] = {"tokens per second": round(ratio, 3), "time of a question": round(wait, 3)}
            print(threads, "threads,", measure, f"of {rounds}: kb/onnxruntime tokens per second {ratio:.3f}, time of a question {wait:.3f}")
        ratio = speeds["kb"]["tokens per cpu second, best"] / max(p["tokens per cpu second, best"] for p in peers)
        wait = latencies["kb"]["cpu ms each, best"] / latencies["onnxruntime"]["cpu ms each, best"]
        report["threads"][threads]["kb / best onnxruntime, cpu time, best"] = {
            "tokens per second": round(ratio, 3), "time of a question": round(wait, 3)}
        print(threads, f"threads, cpu time: kb/onnxruntime tokens per second {ratio:.3f}, time of a question {wait:.3f}")
        kb.child.stdin.close()
        kb.child.wait()
    report["load average at the end"] = os.getloadavg()[0]
    with open(result, "w") as f:
        json.dump(report, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    in_virtual_environment()
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main()
