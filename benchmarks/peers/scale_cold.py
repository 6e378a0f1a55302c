#!/usr/bin/env python3
"""One question to one peer as a cold process, encoding included: what `kb query` does. Imports are part of it.

usage: scale_cold.py PEER DATA PASSAGES GRAPH.onnx TOKENIZER.json QUESTION      after scale.py made the peer's index

Prints JSON: ids of ten passages. The encoder is ONNX Runtime float32; indexes are opened from disk as each peer does it.
"""
import json, os, re, sys

peer, data, n, graph, tokenizer_path, question = sys.argv[1:]
path = lambda name: os.path.join(data, name)
import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

tokenizer = Tokenizer.from_file(tokenizer_path)
tokenizer.no_padding()
tokenizer.enable_truncation(256)
options = ort.SessionOptions()
options.intra_op_num_threads = 1
session = ort.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
ids = np.array([tokenizer.encode(question).ids], dtype=np.int64)
vector = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0].astype(np.float32)


def rrf(*rankings):
    scores = {}
    for ranking in rankings:
        for rank, i in enumerate(ranking, 1): scores[i] = scores.get(i, 0) + 1 / (60 + rank)
    return sorted(scores, key=lambda i: -scores[i])[:10]


if peer == "FTS5 + sqlite-vec":
    import apsw, sqlite_vec
    db = apsw.Connection(path(f"peer-sqlite-{n}.db"))
    db.enable_load_extension(True); db.load_extension(sqlite_vec.loadable_path())
    for sql in ("pragma mmap_size=8000000000", "pragma cache_size=-200000"): db.execute(sql)
    match = " OR ".join(f'"{w}"' for w in re.findall(r"\w+", question))
    words = [r[0] - 1 for r in db.execute("select rowid from f where f match ? order by rank limit 100", (match,))]
    near = [r[0] - 1 for r in db.execute("select rowid from v where e match ? and k=100 order by distance", (vector.tobytes(),))]
    found = rrf(words, near)
elif peer == "LanceDB":
    import lancedb
    from lancedb.rerankers import RRFReranker
    table = lancedb.connect(path(f"peer-lance-{n}")).open_table("d")
    rows = table.search(query_type="hybrid").vector(vector).text(question).rerank(RRFReranker()).limit(10).select(["i"]).to_list()
    found = [r["i"] for r in rows]
elif peer == "txtai":
    os.environ["ALLOW_RESOLVE_TRANSFORM"] = "True"  # the function is ours: scale_txtai
    from txtai.embeddings import Embeddings
    e = Embeddings(); e.load(path(f"peer-txtai-{n}"))
    dense = e.ann.search(vector.reshape(1, -1), 100)[0]
    words = e.scoring.search(question, 100)
    found = rrf([a for a, _ in dense], [a for a, _ in words])
else:
    sys.exit(f"no peer {peer}")
print(json.dumps([int(i) for i in found]))
