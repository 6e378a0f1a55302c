#!/usr/bin/env python3
"""Lexical, dense and hybrid search of kb's peers on the passages, vectors and questions of benchmarks/scale/make-data.

usage: scale.py DATA PASSAGES OUT.jsonl [PEER…]      in the virtual environment of benchmarks/peers/scale-requirements.txt

What OUT has of a peer at this size is not run again. Indexes stay in DATA for `scale_cold.py`. One thread each (faiss, OpenBLAS, tantivy's searcher) but LanceDB, whose text index waits for ever when its pools have one thread: it keeps its own. Times are medians in milliseconds, on the
clock and of the process's processors. Hybrid times include encoding the question by ONNX Runtime where DATA/minilm.onnx and $TOKENIZER (the
model's tokenizer.json) are there, as kb's include it by its own encoder; else peers get the vector as a gift. `encoding` says which.
A peer that fails is written down with its error. Recall is of the exact ten by inner product.
"""
import os
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"
import json, resource, shutil, sys, time
import numpy as np

data, n, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
wanted = sys.argv[4:]
D, K = 384, 10
path = lambda name: os.path.join(data, name)
V = np.fromfile(path("vectors.f32"), np.float32, count=n * D).reshape(n, D)
questions = [json.loads(l) for l in open(path("questions.jsonl"))]
Q = np.fromfile(path("questions.f32"), np.float32).reshape(-1, D)
T = []
with open(path("texts.txt"), encoding="utf-8") as f:
    for line in f:
        T.append(line.rstrip("\n"))
        if len(T) == n: break
eight = [i for i, q in enumerate(questions) if len(q["terms"]) == 8]
truth = None
def exact():
    global truth
    if truth is None:
        scores = [np.argpartition(-(V @ Q[i]), K)[:K] for i in range(200)]
        truth = [set(s.tolist()) for s in scores]
    return truth

session = None
if os.path.exists(path("minilm.onnx")) and os.path.exists(os.environ.get("TOKENIZER", "")):
    import onnxruntime as ort
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_file(os.environ["TOKENIZER"]); tokenizer.no_padding(); tokenizer.enable_truncation(256)
    options = ort.SessionOptions(); options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(path("minilm.onnx"), options, providers=["CPUExecutionProvider"])
def vector(i):
    """Of question i: encoded now, as a user's question is."""
    if session is None: return Q[i]
    ids = np.array([tokenizer.encode(questions[i]["text"]).ids], dtype=np.int64)
    return session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0].astype(np.float32)

def timed(search, items):
    wall, cpu, results = [], [], []
    for item in items[:3]: search(item)
    for item in items:
        c, w = time.process_time(), time.perf_counter()
        results.append(search(item))
        wall.append((time.perf_counter() - w) * 1e3); cpu.append((time.process_time() - c) * 1e3)
    return {"n": len(items), "median": float(np.median(wall)), "p95": float(np.percentile(wall, 95)),
            "medianCPU": float(np.median(cpu))}, results

def faiss_(kind):
    import faiss
    faiss.omp_set_num_threads(1)
    started, cpu = time.perf_counter(), time.process_time()
    if kind == "flat": index = faiss.IndexFlatIP(D)
    else:
        lists = 16
        while lists * lists < n: lists *= 2
        index = faiss.IndexIVFFlat(faiss.IndexFlatIP(D), D, lists, faiss.METRIC_INNER_PRODUCT)
        index.train(V)
    index.add(V)
    report = {"buildSeconds": time.perf_counter() - started, "buildCPU": time.process_time() - cpu}
    runs = [None] if kind == "flat" else [4, 8, 16, 32, 64]
    for probes in runs:
        if probes: index.nprobe = probes
        timing, found = timed(lambda i: set(index.search(Q[i:i + 1], K)[1][0].tolist()), list(range(200 if kind != "flat" else 60)))
        timing["recall"] = float(np.mean([len(f & t) / K for f, t in zip(found, exact())]))
        if probes: report.setdefault("byProbes", []).append(timing | {"probes": probes, "lists": index.nlist})
        else: report["dense"] = timing
    return report

def tantivy_():
    import tantivy as tv
    b = tv.SchemaBuilder(); b.add_text_field("t", stored=False, tokenizer_name="en_stem"); b.add_unsigned_field("i", stored=True)
    index = tv.Index(b.build()); writer = index.writer(heap_size=500_000_000, num_threads=1)
    for i, t in enumerate(T): writer.add_document(tv.Document(t=[t], i=i))
    writer.commit(); index.reload(); searcher = index.searcher()
    def search(i):
        query, _ = index.parse_query_lenient(" ".join(questions[i]["terms"]), ["t"])
        return [(searcher.doc(a)["i"][0], s) for s, a in searcher.search(query, 100).hits]
    timing, found = timed(search, eight[:300])
    assert all(len(f) == 100 for f in found[:20])
    return {"lexical": timing}

def bm25s_():
    import bm25s, Stemmer
    stemmer = Stemmer.Stemmer("english"); model = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    model.index(bm25s.tokenize(T, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
    def search(i):
        tokens = bm25s.tokenize([" ".join(questions[i]["terms"])], stopwords="en", stemmer=stemmer, show_progress=False)
        return model.retrieve(tokens, k=min(100, n), show_progress=False)
    return {"lexical": timed(search, eight[:100])[0]}

def rrf(*rankings):
    scores = {}
    for ranking in rankings:
        for rank, i in enumerate(ranking, 1): scores[i] = scores.get(i, 0) + 1 / (60 + rank)
    return sorted(scores, key=lambda i: -scores[i])[:K]

def sqlite_vec_():
    import apsw, sqlite_vec
    name = path(f"peer-sqlite-{n}.db")
    if os.path.exists(name): os.remove(name)
    db = apsw.Connection(name); db.enable_load_extension(True); db.load_extension(sqlite_vec.loadable_path())
    for sql in ("pragma journal_mode=off", "pragma synchronous=off", "pragma mmap_size=8000000000", "pragma cache_size=-200000"): db.execute(sql)
    db.execute("create virtual table f using fts5(t, content='', tokenize='porter unicode61')")
    db.execute("create virtual table v using vec0(e float[384] distance_metric=cosine)")
    with db:
        db.executemany("insert into f(rowid,t) values(?,?)", ((i + 1, t) for i, t in enumerate(T)))
        db.executemany("insert into v(rowid,e) values(?,?)", ((i + 1, V[i].tobytes()) for i in range(n)))
    match = lambda i: " OR ".join(f'"{w}"' for w in questions[i]["terms"])
    words = lambda i: [r[0] - 1 for r in db.execute("select rowid from f where f match ? order by rank limit 100", (match(i),))]
    near = lambda i: [r[0] - 1 for r in db.execute("select rowid from v where e match ? and k=100 order by distance", (vector(i).tobytes(),))]
    report = {"lexical": timed(words, eight[:100 if n < 1_000_000 else 30])[0]}
    report["hybrid"] = timed(lambda i: rrf(words(i), near(i)), eight[:20])[0]
    return report

def lancedb_():
    import lancedb, pyarrow as pa
    from lancedb.rerankers import RRFReranker
    folder = path(f"peer-lance-{n}"); shutil.rmtree(folder, ignore_errors=True)
    def batches():
        for s in range(0, n, 50_000):
            e = min(n, s + 50_000)
            yield pa.RecordBatch.from_arrays([pa.array(range(s, e), pa.int64()), pa.array(T[s:e]), pa.FixedSizeListArray.from_arrays(pa.array(V[s:e].ravel()), D)], ["i", "text", "vector"])
    schema = pa.schema([("i", pa.int64()), ("text", pa.string()), ("vector", pa.list_(pa.float32(), D))])
    table = lancedb.connect(folder).create_table("d", batches(), schema=schema)
    table.create_fts_index("text", replace=True)
    report = {"index": "FTS; no vector index"}
    if n >= 100_000:
        table.create_index(metric="cosine", vector_column_name="vector")
        report["index"] = "FTS and its default IVF_PQ"
    reranker = RRFReranker()
    def search(i):
        rows = table.search(query_type="hybrid").vector(vector(i)).text(" ".join(questions[i]["terms"])).rerank(reranker).limit(K).select(["i"]).to_list()
        return [r["i"] for r in rows]
    report["hybrid"], found = timed(search, eight[:60])
    assert all(found)
    return report

def txtai_():
    from txtai.embeddings import Embeddings
    os.environ["ALLOW_RESOLVE_TRANSFORM"] = "True"  # the function is ours: scale_txtai
    import scale_txtai
    scale_txtai.rows = lambda xs: np.array([V[int(x[1:].split("\t")[0])] for x in xs], np.float32)
    e = Embeddings({"method": "external", "transform": "scale_txtai.vectors",
                    "scoring": {"method": "bm25", "terms": True, "normalize": True}, "backend": "faiss"})
    e.index((i, f"#{i}\t{t}", None) for i, t in enumerate(T))
    def search(i):
        dense = e.ann.search(vector(i).reshape(1, -1), 100)[0]; words = e.scoring.search(" ".join(questions[i]["terms"]), 100)
        return rrf([a for a, _ in dense], [a for a, _ in words])
    timing, found = timed(search, eight[:40])
    e.save(path(f"peer-txtai-{n}"))
    return {"hybrid": timing}

PEERS = {"faiss flat": lambda: faiss_("flat"), "faiss IVF": lambda: faiss_("ivf"), "tantivy": tantivy_, "bm25s": bm25s_,
         "FTS5 + sqlite-vec": sqlite_vec_, "LanceDB": lancedb_, "txtai": txtai_}
done = set()
if os.path.exists(out):
    for line in open(out):
        r = json.loads(line)
        if r.get("passages") == n and "error" not in r: done.add(r["peer"])
for name, run in PEERS.items():
    if wanted and name not in wanted or name in done: continue
    started = time.perf_counter()
    try: report = run()
    except Exception as error: report = {"error": f"{type(error).__name__}: {error}"[:300]}
    report |= {"peer": name, "passages": n, "encoding": session is not None, "seconds": round(time.perf_counter() - started, 1),
               "residentPeak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}
    print(json.dumps(report), flush=True)
    with open(out, "a") as f: f.write(json.dumps(report) + "\n")
