"""The Python recipe that does what `kb query` does, as one cold process: FTS5 and sqlite-vec through apsw, ONNX Runtime.

usage: cold_recipe.py build KB.sqlite OUT.sqlite      the same passages and vectors as the knowledge base
       cold_recipe.py ask OUT.sqlite GRAPH.onnx TOKENIZER.json QUESTION

`ask` prints JSON hits: both legs' first hundred passages merged by reciprocal rank, each document once.
"""
import json
import sys

import apsw
import sqlite_vec


def connect(path):
    db = apsw.Connection(path)
    db.enable_load_extension(True)
    db.load_extension(sqlite_vec.loadable_path())
    return db


def build(source, target):
    db = connect(target)
    db.execute("ATTACH ? AS kb", (source,))
    db.execute("""
        CREATE TABLE passage (id INTEGER PRIMARY KEY, document TEXT, title TEXT, body TEXT, line INTEGER);
        CREATE VIRTUAL TABLE words USING fts5(title, heading, body, tokenize = 'porter unicode61 remove_diacritics 2');
        CREATE VIRTUAL TABLE vectors USING vec0(embedding float[384] distance_metric=cosine)""")
    with db:
        db.execute("""INSERT INTO passage SELECT c.id, d.key, c.title, c.body, c.line_start
            FROM kb.chunk c JOIN kb.document d ON d.id = c.document_id WHERE c.kind = 'article'""")
        db.execute("INSERT INTO words (rowid, title, heading, body) SELECT id, title, heading, body FROM kb.chunk WHERE kind = 'article'")
        db.execute("""INSERT INTO vectors (rowid, embedding) SELECT c.id, e.vector FROM kb.chunk c
            JOIN kb.embedding e ON e.key = c.embedding_key WHERE c.kind = 'article'""")


def ask(path, graph, tokenizer_path, question):
    import re

    import numpy as np
    import onnxruntime as ort
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(tokenizer_path)
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    session = ort.InferenceSession(graph, providers=["CPUExecutionProvider"])
    ids = np.array([tokenizer.encode(question).ids], dtype=np.int64)
    vector = session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0].astype(np.float32)
    db = connect(path)
    match = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
    words = db.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 4, 2, 1) LIMIT 100", (match,)).fetchall()
    near = db.execute("SELECT rowid FROM vectors WHERE embedding MATCH ? AND k = 100", (vector.tobytes(),)).fetchall()
    scores = {}
    for leg in (words, near):
        for rank, (passage,) in enumerate(leg, 1):
            scores[passage] = scores.get(passage, 0) + 1 / (60 + rank)
    hits = {}
    for passage in sorted(scores, key=scores.get, reverse=True):
        document, title, body, line = db.execute(
            "SELECT document, title, body, line FROM passage WHERE id = ?", (passage,)).fetchone()
        if document not in hits:
            hits[document] = {"document": document, "title": title, "line": line, "text": body, "score": scores[passage]}
        if len(hits) == 10:
            break
    print(json.dumps({"hits": list(hits.values())}))


if __name__ == "__main__":
    {"build": build, "ask": ask}[sys.argv[1]](*sys.argv[2:])
