"""What a request has that AWS's service model does not allow: members that are missing, values that are no enum's, and lengths, numbers, lists
and texts out of their bounds. moto takes all of them.
"""
import functools
import re



# What Unicode's categories and POSIX's classes stand for, within brackets, as far as Python's expressions can say it.
LETTERS = r"\w\s"
PRINTABLE = LETTERS + r"!-/:-@\[-`{-~"


def categories(pattern):
    """A pattern of Java or ECMAScript with classes that Python lacks, in Python's terms; it takes a little more than the original."""
    written, within = "", False
    for part in re.split(r"(\\p\{\w+\}|\\.|\[|\])", pattern):
        if part.startswith("\\p{"):
            meant = LETTERS if part[3:-1] in ("L", "N", "Z", "Lu", "Ll", "Nd", "Zs", "Alpha", "IsAlphabetic", "Alnum") else PRINTABLE
            written += meant if within else f"[{meant}]"
            continue
        within = part == "[" or within and part != "]"
        written += part
    return written


@functools.cache
def compiled(pattern):
    try:
        return re.compile(categories(pattern).replace(r"\z", r"\Z"), re.DOTALL)
    except re.error:
        return None


def faults(shape, value, where=""):
    """A sentence for each fault of a value, by its path."""
    kind = shape.type_name
    bounds = shape.metadata
    if kind == "structure":
        for name in bounds.get("required", []):
            if name not in value:
                yield f"{where or 'the request'} lacks {name}"
        for name, member in value.items():
            if name in shape.members and member is not None:
                yield from faults(shape.members[name], member, f"{where}.{name}".lstrip("."))
    elif kind == "list":
        yield from size(bounds, len(value), f"{where} has {len(value)} elements")
        for at, member in enumerate(value):
            yield from faults(shape.member, member, f"{where}[{at}]")
    elif kind == "map":
        yield from size(bounds, len(value), f"{where} has {len(value)} entries")
        for key, member in value.items():
            yield from faults(shape.key, key, f"{where} key")
            yield from faults(shape.value, member, f"{where}[{key}]")
    elif kind == "string" and isinstance(value, str):
        yield from size(bounds, len(value), f"{where} \"{value[:80]}\" has {len(value)} characters")
        if shape.enum and value not in shape.enum:
            yield f"{where} \"{value[:80]}\" is none of {', '.join(shape.enum)}"
        pattern = compiled(bounds["pattern"]) if "pattern" in bounds else None
        if pattern and not pattern.fullmatch(value):
            yield f"{where} \"{value[:80]}\" does not match {bounds['pattern']}"
    elif kind in ("integer", "long", "float", "double") and isinstance(value, (int, float)):
        yield from size(bounds, value, f"{where} is {value}")


def size(bounds, number, sentence):
    if "min" in bounds and number < float(bounds["min"]):
        yield f"{sentence}, and {bounds['min']} is the least"
    if "max" in bounds and number > float(bounds["max"]):
        yield f"{sentence}, and {bounds['max']} is the most"
