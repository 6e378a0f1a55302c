"""The vectors of scale.py's passages for txtai, which keeps the name of this function in its saved index and looks for it there when it is loaded."""
rows = None


def vectors(texts):
    return rows(texts)
