"""Writes Sources/CKernels/bert_unicode_tables.h: what Hugging Face `tokenizers` does with each Unicode scalar.

BERT's text clean-up depends on Unicode tables that differ between libraries and their versions (Swift 6.3.1 knows Unicode 17, the
`unicode_categories` crate inside `tokenizers` stops at Unicode 8). So nothing is taken from a standard library here: each of the
1,112,064 scalars is passed through the released normalizers and its effect is recorded.

usage: unicode_tables.py OUT.h          (pip install tokenizers==0.23.3)
"""
import sys
import unicodedata
from tokenizers import normalizers as N, pre_tokenizers as P, __version__

SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
clean = N.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
cjk = N.BertNormalizer(clean_text=False, handle_chinese_chars=True, strip_accents=False, lowercase=False)
strip = N.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
lower = N.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=True)
nfd, pre = N.NFD(), P.BertPreTokenizer()

DROP, SPACE, PUNCT, CJK, MARK, DECOMPOSES, LOWERS, REORDERS = (1 << i for i in range(8))
flags, decompositions, lowers = [0] * 0x110000, {}, {}
HANGUL = range(0xAC00, 0xD7A4)  # decomposed by arithmetic

for c in SCALARS:
    s, f = chr(c), 0
    cleaned = clean.normalize_str(s)
    if cleaned == "":
        f |= DROP
    elif cleaned == " ":
        f |= SPACE
    else:
        assert cleaned == s
    if cjk.normalize_str(s) != s:
        assert cjk.normalize_str(s) == f" {s} "
        f |= CJK
    parts = [w for w, _ in pre.pre_tokenize_str(f"a{s}b")]
    if parts == ["a", "b"]:
        assert f & (SPACE | DROP), hex(c)
    elif parts == ["a", s, "b"]:
        f |= PUNCT
    else:
        assert parts == [f"a{s}b"], (hex(c), parts)
    d = nfd.normalize_str(s)
    stripped = strip.normalize_str(s)
    if d == s and stripped == "":
        f |= MARK
    if d != s:
        f |= DECOMPOSES
        if c in HANGUL:
            i = c - 0xAC00
            want = chr(0x1100 + i // 588) + chr(0x1161 + i % 588 // 28) + (chr(0x11A7 + i % 28) if i % 28 else "")
            assert d == want
        else:
            decompositions[c] = [ord(x) for x in d]
    low = lower.normalize_str(s)
    if low != s:
        f |= LOWERS
        lowers[c] = [ord(x) for x in low]
    flags[c] = f

# Canonical combining classes as the library sees them: s reorders with U+0334 (class 1) or with U+0345 (class 240, the greatest).
classes = {}
for c in SCALARS:
    s = chr(c)
    after_low = nfd.normalize_str(s + "\u0334") == "\u0334" + s  # class > 1
    before_high = nfd.normalize_str("\u0345" + s) == s + "\u0345"  # 0 < class < 240
    if flags[c] & DECOMPOSES and not (after_low or before_high):
        continue
    if after_low or before_high:
        classes[c] = unicodedata.combining(s)
        assert classes[c], hex(c)
        flags[c] |= REORDERS
for c, d in decompositions.items():  # a decomposition that starts with a mark is rare but exists (U+0344)
    flags[c] &= ~REORDERS
kept = {c: k for c, k in classes.items() if not flags[c] & MARK and c not in decompositions}

BLOCK = 128
blocks, index = {}, []
for start in range(0, 0x110000, BLOCK):
    key = bytes(flags[start:start + BLOCK])
    index.append(blocks.setdefault(key, len(blocks)))
assert len(blocks) < 256


def rows(values, per_line=24):
    return "\n".join("    " + ", ".join(map(str, values[i:i + per_line])) + "," for i in range(0, len(values), per_line))


def expansion_table(name, table):
    keys, offsets, out = sorted(table), [], []
    for k in keys:
        offsets.append(len(out))
        out += table[k]
    offsets.append(len(out))
    assert max(offsets) < 65536
    return (f"static const uint32_t bert_{name}_keys[{len(keys)}] = {{\n{rows(keys)}\n}};\n"
            f"static const uint16_t bert_{name}_offsets[{len(offsets)}] = {{\n{rows(offsets)}\n}};\n"
            f"static const uint32_t bert_{name}_values[{len(out)}] = {{\n{rows(out)}\n}};\n"
            f"enum {{ BERT_{name.upper()}_COUNT = {len(keys)} }};\n")


flat = [b for key in blocks for b in key]
kept_keys = sorted(kept)
with open(sys.argv[1], "w") as f:
    f.write(f"""// Written by scripts/reference/unicode_tables.py from tokenizers {__version__}: do not edit.
// Flags of a scalar c: bert_flags[bert_index[c >> 7] * 128 + (c & 127)].
#include <stdint.h>
static const uint8_t bert_index[{len(index)}] = {{
{rows(index)}
}};
static const uint8_t bert_flags[{len(flat)}] = {{
{rows(flat)}
}};
// Full canonical decompositions (NFD), Hangul syllables excepted.
{expansion_table("decomposition", decompositions)}
// Full lower-case mappings without context.
{expansion_table("lower", lowers)}
// Canonical combining classes of the marks that accent stripping keeps.
static const uint32_t bert_class_keys[{len(kept_keys)}] = {{
{rows(kept_keys)}
}};
static const uint8_t bert_class_values[{len(kept_keys)}] = {{
{rows([kept[k] for k in kept_keys])}
}};
enum {{ BERT_CLASS_COUNT = {len(kept_keys)} }};
""")
print(f"{len(blocks)} blocks, {len(decompositions)} decompositions, {len(lowers)} lower-case, {len(classes)} classes, {len(kept)} kept")
