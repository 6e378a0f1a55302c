"""Compares kb's tokenizer with Hugging Face `tokenizers` on every text of the data folders, ids and byte ranges, and writes the golden
file of the tests.

usage: tokenizer.py compare MODEL DATA [--command 'CMD']   zero differences or exit status 1
       tokenizer.py golden  MODEL OUT.json                 writes Tests/EmbeddingTests/Fixtures/tokenizer.json

MODEL is a sentence-transformers folder with tokenizer.json. DATA holds thunderbird/, stackfaq/, banking77/. CMD reads lines
{"_id","text"} and writes lines {"tokens":[..],"offsets":[[start,end],..]} in the same order; {limit} in it becomes nothing or
--unlimited. Run it with any python3: it makes itself a virtual environment under ~/.cache/kb-reference with pinned versions.
"""
import itertools
import json
import os
import shlex
import subprocess
import sys
import tempfile

PINS = ["tokenizers==0.23.3", "numpy==2.3.5", "safetensors==0.8.0"]


def in_virtual_environment():
    home = os.path.join(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "kb-reference", "venv")
    python = os.path.join(home, "bin", "python")
    if os.path.realpath(sys.prefix) == os.path.realpath(home):
        return
    if not os.path.exists(python):
        subprocess.check_call([sys.executable, "-m", "venv", home])
    if subprocess.call([python, "-c", "import tokenizers, numpy, safetensors; assert tokenizers.__version__ == '0.23.3'"],
                       stderr=subprocess.DEVNULL):
        subprocess.check_call([python, "-m", "pip", "install", "-q", *PINS])
    os.execv(python, [python, *sys.argv])


def load(model, limit):
    from tokenizers import Tokenizer
    t = Tokenizer.from_file(os.path.join(model, "tokenizer.json"))
    t.no_padding()
    t.no_truncation() if limit is None else t.enable_truncation(limit)
    return t


def byte_offsets(text, offsets):
    """Character ranges to UTF-8 byte ranges."""
    if text.isascii():
        return [list(o) for o in offsets]
    at = [0, *itertools.accumulate(len(c.encode()) for c in text)]
    return [[at[a], at[b]] for a, b in offsets]


def texts_of(data):
    root = os.path.join(data, "thunderbird")
    for name in sorted(os.listdir(os.path.join(root, "articles"))):
        yield open(os.path.join(root, "articles", name), encoding="utf-8", newline="").read()

    def strings(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for v in value.values():
                yield from strings(v)
        elif isinstance(value, list):
            for v in value:
                yield from strings(v)
    for path in ["thunderbird/tickets.jsonl", "thunderbird/queries.jsonl", "stackfaq/corpus.jsonl", "stackfaq/queries.jsonl"]:
        for line in open(os.path.join(data, path), encoding="utf-8"):
            yield from strings(json.loads(line))
    for path in ["banking77/train.tsv", "banking77/test.tsv"]:
        for line in open(os.path.join(data, path), encoding="utf-8"):
            yield line.rstrip("\n").split("\t")[0]


def scalars():
    """Every Unicode scalar alone between letters: what the data may lack."""
    for start in range(0, 0x110000, 64):
        block = [chr(c) for c in range(start, start + 64) if not 0xD800 <= c < 0xE000]
        if block:
            yield " ".join(f"x{c}y" for c in block)


def reordered():
    """Every scalar among marks out of canonical order. Only the ids must be equal: when marks that are kept change places,
    `tokenizers` reports the range of the place, kb the range the mark came from."""
    for start in range(0, 0x110000, 64):
        block = [chr(c) for c in range(start, start + 64) if not 0xD800 <= c < 0xE000]
        if block:
            yield "".join(f"E{c}\u0301\u0327 {c}\u302e\u302a{c} " for c in block)


def compare(model, data, command):
    texts = list(texts_of(data))
    print(f"{len(texts):,} texts of the data, then every Unicode scalar")
    texts += scalars()
    exact = len(texts)  # from here on only ids are compared
    texts += reordered()
    print(f"{len(texts):,} texts, {sum(len(t.encode()) for t in texts):,} bytes")
    bad = 0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for i, t in enumerate(texts):
            f.write(json.dumps({"_id": str(i), "text": t}) + "\n")
        f.flush()
        for limit in (256, None):
            reference = load(model, limit)
            ran = shlex.split(command.replace("{limit}", "" if limit else "--unlimited"))
            child = subprocess.Popen(ran, stdin=open(f.name), stdout=subprocess.PIPE, text=True)
            ids = offsets = tokens = 0
            for start in range(0, len(texts), 2000):
                part = texts[start:start + 2000]
                for number, (text, want) in enumerate(zip(part, reference.encode_batch(part)), start):
                    line = child.stdout.readline()
                    if not line:
                        sys.exit(f"{command} ended early")
                    got = json.loads(line)
                    tokens += len(want.ids)
                    if got["tokens"] != want.ids:
                        ids += 1
                        if ids <= 5:
                            k = next((k for k, (a, b) in enumerate(zip(got["tokens"], want.ids)) if a != b), -1)
                            print("ids differ at", k, repr(text[max(0, want.offsets[k][0] - 10):want.offsets[k][1] + 10]),
                                  got["tokens"][k:k + 6], want.ids[k:k + 6])
                    elif number < exact and "offsets" in got and got["offsets"] != byte_offsets(text, want.offsets):
                        offsets += 1
                        if offsets <= 5:
                            w = byte_offsets(text, want.offsets)
                            k = next(k for k, (a, b) in enumerate(zip(got["offsets"], w)) if a != b)
                            print("offsets differ at", k, repr(text.encode()[max(0, w[k][0] - 8):w[k][1] + 8].decode(errors="replace")),
                                  got["offsets"][k:k + 3], w[k:k + 3])
            print(f"limit {limit}: {len(texts):,} texts, {tokens:,} tokens, {ids} texts with other ids, {offsets} with other byte ranges")
            bad += ids + offsets
    sys.exit(1 if bad else 0)


GOLDEN = [
    "", " ", "\t\r\n\u00a0\u3000", "Hello, World!", "How do I reset my password?", "unaffable embeddings tokenization",
    "E4012: can't connect (0x80070005) -- see https://example.com/a?b=c&d=%20#frag",
    "Crème brûlée, naïve façade, Ångström, Zürich, São Paulo, Łódź", "e\u0301 a\u0308\u0323 o\u0323\u0308 n\u0303",
    "İstanbul IĞDIR ß ẞ ﬁ ﬀ Σίσυφος ΌΔΟΣ", "Привет, мир! Ёжик в ЩЁЛКОВО", "日本語のテキスト、漢字とかな。株式会社㈱", "한국어 문장입니다 각", "中文测试，没有空格",
    "豈更車賈滑 丽丸乁", "مرحبا بالعالم، كيف حالك؟ مُحَمَّد", "שָׁלוֹם עולם", "हिन्दी में पाठ", "ไทยภาษา", "😀 👍🏽 👨‍👩‍👧‍👦 🇩🇪 ☃ ™ © ½ ²",
    "a\u0000b\u0001c\u0007d\u007fe\u0080f\u00adg\u200bh\u200di\ufeffj\ufffdk\ue000l", "x\u2028y\u2029z\u0085w\u000bv\u000cu", "a" * 100, "a" * 101,
    "b" * 300 + " end", "é" * 100 + " " + "é" * 101, "[CLS] [SEP] [UNK] [PAD] [MASK] [cls] [ SEP ] [[SEP]] a[MASK]b", "[CL", "[",
    "$1,234.56 + 7% = ~3^2 `code` <tag attr=\"v\"> {json: [1]} a_b a-b a|b \\n", "foo\u037ebar \u1fef \u2126 \u212b \u0344 \u0958",
    "\u302a\u302b\u0301x \u0301\u302e\u1dfa \U0001d165\U0001d16d", "word " * 400, "ǅ ǲ Ǆ ŉ ǰ ΐ", "\u1e9e \u0130\u0307", "…—–‘’“”«»¿¡§¶",
    "##ing ## # a##b", "C++ C# F# .NET node.js user@example.com", "ＦＵＬＬ　ＷＩＤＴＨ ａｂｃ", "\U0001f9d1\U0001f3fb\u200d\U0001f680 \U00020000\U0002f800",
]


def golden(model, out):
    whole, cut = load(model, None), load(model, 16)
    cases = []
    for text in GOLDEN:
        e, c = whole.encode(text), cut.encode(text)
        cases.append({"text": text, "ids": e.ids, "offsets": byte_offsets(text, e.offsets), "idsOf16": c.ids})
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
        default = f"{here}/../../.build/release/kb-bench encode {sys.argv[2]} --tokens {{limit}}"
        compare(sys.argv[2], sys.argv[3], sys.argv[5] if "--command" in sys.argv else default)
