#!/usr/bin/env python3
"""Hybrid search of kb and its peers on the same passages, question by question in turns: what the machine does meanwhile it does to all.

usage: scale_turns.py DATA PASSAGES OUT.jsonl [PEER…]     in the virtual environment of benchmarks/peers/scale-requirements.txt
       $KB_BENCH names kb's bench, $MODEL the encoder's folder; peers: LanceDB, txtai, "FTS5 + sqlite-vec"

Reads the indexes that scale/run and scale.py left in DATA (LanceDB's IVF_PQ and FTS, SQLite's file; txtai's, whose saved index does not
load, is built here). 300 other questions come first for everybody, so that what each keeps between questions is there. Then each question is asked
of all in an order that changes. Every program encodes the question itself: kb by its own encoder, the others by ONNX Runtime, one thread.
LanceDB has threads of its own; kb is asked on two, and on one.
LanceDB is asked twice: as it comes, and with as many probes and as much refining as its vector search needs for a recall of .98.

Recall: kb's of the ten of its own exhaustive search, on the first 40 questions; of LanceDB's vector search of the exact ten by cosine.
"""
import os
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"
import json, subprocess, sys, time
import numpy as np

data, n, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
wanted = sys.argv[4:] or ["LanceDB", "FTS5 + sqlite-vec"]
model = os.environ["MODEL"]
D, K, WARM, ASKED, EXACT = 384, 10, 300, 60, 60
path = lambda name: os.path.join(data, name)
V = np.memmap(path("vectors.f32"), np.float32, mode="r", shape=(n, D))
questions = [json.loads(l) for l in open(path("questions.jsonl"))]
Q = np.fromfile(path("questions.f32"), np.float32).reshape(-1, D)
eight = [i for i, q in enumerate(questions) if len(q["terms"]) == 8]
asked, warm = eight[:ASKED], eight[ASKED:ASKED + WARM]

import onnxruntime as ort
from tokenizers import Tokenizer
tokenizer = Tokenizer.from_file(os.path.join(model, "tokenizer.json")); tokenizer.no_padding(); tokenizer.enable_truncation(256)
options = ort.SessionOptions(); options.intra_op_num_threads = options.inter_op_num_threads = 1
session = ort.InferenceSession(path("minilm.onnx"), options, providers=["CPUExecutionProvider"])


def words(i): return " ".join(questions[i]["terms"])


def vector(i):
    ids = np.array([tokenizer.encode(words(i)).ids], dtype=np.int64)
    return session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0].astype(np.float32)


def rrf(*rankings):
    scores = {}
    for ranking in rankings:
        for rank, i in enumerate(ranking, 1): scores[i] = scores.get(i, 0) + 1 / (60 + rank)
    return sorted(scores, key=lambda i: -scores[i])[:K]


programs, notes = {}, {}
benches = {threads: subprocess.Popen([os.environ["KB_BENCH"], "hybrid", data, str(n), model, "--lines", "--threads", threads],
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for threads in ("1", "2")}


def kb(i, exact=False, threads="2"):
    bench = benches[threads]
    bench.stdin.write(("=" if exact else "") + words(i) + "\n"); bench.stdin.flush()
    return [int(x) for x in bench.stdout.readline().split()]


programs["kb"] = kb
programs["kb, one thread"] = lambda i: kb(i, threads="1")

if "LanceDB" in wanted:
    import lancedb
    from lancedb.rerankers import RRFReranker
    table, reranker = lancedb.connect(path(f"peer-lance-{n}")).open_table("d"), RRFReranker()

    def tuned(query, way):
        if way[0]: query = query.nprobes(way[0])
        if way[1]: query = query.refine_factor(way[1])
        return query

    def near(i, way): return {r["i"] for r in tuned(table.search(Q[i]).metric("cosine"), way).limit(K).select(["i"]).to_list()}

    truth = {i: set(np.argpartition(-(V @ Q[i]), K)[:K].tolist()) for i in warm[:100]}
    notes["LanceDB"], enough = [], None
    for way in [(0, 0), (20, 5), (50, 10), (100, 10), (200, 20), (400, 50)]:
        recall = float(np.mean([len(near(i, way) & truth[i]) / K for i in truth]))
        notes["LanceDB"].append({"nprobes": way[0], "refine_factor": way[1], "recall of its vector search": recall})
        if recall >= .98:
            enough = way
            break

    def lance(i, way): return [r["i"] for r in tuned(table.search(query_type="hybrid").vector(vector(i)).text(words(i)).rerank(reranker), way).limit(K).select(["i"]).to_list()]

    programs["LanceDB as it comes"] = lambda i: lance(i, (0, 0))
    if enough: programs["LanceDB at recall .98"] = lambda i: lance(i, enough)

if "txtai" in wanted:
    from txtai.embeddings import Embeddings
    os.environ["ALLOW_RESOLVE_TRANSFORM"] = "True"  # the function is ours: scale_txtai
    import scale_txtai
    scale_txtai.rows = lambda xs: np.array([V[int(x[1:].split("\t")[0])] for x in xs], np.float32)
    e = Embeddings({"method": "external", "transform": "scale_txtai.vectors",
                    "scoring": {"method": "bm25", "terms": True, "normalize": True}, "backend": "faiss"})
    lines = open(path("texts.txt"), encoding="utf-8")
    e.index((i, f"#{i}\t{t.rstrip()}", None) for i, t in zip(range(n), lines))

    def txtai(i):
        dense = e.ann.search(vector(i).reshape(1, -1), 100)[0]
        return rrf([a for a, _ in dense], [a for a, _ in e.scoring.search(words(i), 100)])

    programs["txtai"] = txtai

if "FTS5 + sqlite-vec" in wanted:
    import apsw, sqlite_vec
    db = apsw.Connection(path(f"peer-sqlite-{n}.db")); db.enable_load_extension(True); db.load_extension(sqlite_vec.loadable_path())
    for sql in ("pragma mmap_size=8000000000", "pragma cache_size=-200000"): db.execute(sql)

    def sqlite(i):
        match = " OR ".join(f'"{w}"' for w in questions[i]["terms"])
        lexical = [r[0] - 1 for r in db.execute("select rowid from f where f match ? order by rank limit 100", (match,))]
        dense = [r[0] - 1 for r in db.execute("select rowid from v where e match ? and k=100 order by distance", (vector(i).tobytes(),))]
        return rrf(lexical, dense)

    programs["FTS5 + sqlite-vec"] = sqlite

# Whoever keeps the machine quiet for the figures does so from here on.
print("ready to ask", file=sys.stderr, flush=True)
slow = {"FTS5 + sqlite-vec": 20} if n >= 1_000_000 else {}
for name, search in programs.items():
    for i in warm if name not in slow else warm[:5]: search(i)
wall, found = {name: [] for name in programs}, {}
names = list(programs)
for turn, i in enumerate(asked):
    for name in names[turn % len(names):] + names[:turn % len(names)]:
        if turn >= slow.get(name, ASKED): continue
        started = time.perf_counter()
        result = programs[name](i)
        wall[name].append((time.perf_counter() - started) * 1e3)
        if len(result) != K: sys.exit(f"{name} finds {len(result)} for {words(i)!r}")
        found[name, i] = result
hits = [len(set(found["kb", i]) & set(kb(i, True))) / K for i in asked[:EXACT]]
report = {"part": "hybrid in turns", "passages": n, "load": round(os.getloadavg()[0], 1), "kb recall of its exhaustive search": float(np.mean(hits)), "of questions": EXACT, **notes,
          "programs": {name: {"n": len(w), "median": float(np.median(w)), "p95": float(np.percentile(w, 95))} for name, w in wall.items()}}
print(json.dumps(report, indent=1))
with open(out, "a") as f: f.write(json.dumps(report) + "\n")
