"""YAML as people write it, read within limits; whatever is wrong with it is said with its line.

A YAML file can be a bomb in many ways: its aliases multiply, its depth ends the process, its
numbers take hours. So depth is looked at before anything is made of a file, aliases before they are
followed, and numbers before they are counted. Days stay text: `2025-08-07` is what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import yaml

from generator.model.errors import ConfigError

LARGEST: Final = 16 * 2**20
"""Bytes of a file."""

DEEPEST: Final = 50
"""Levels of lists and mappings."""

MOST_VALUES: Final = 1_000_000
"""Values in a file, where what an alias stands for counts each time."""

LONGEST_NUMBER: Final = 100
"""Characters of a number, a date or any other value that is not text."""

Loader = Any
"""A loader of PyYAML, which says what the values of a file are."""


class YamlError(ConfigError):
    """Something is wrong with a YAML file, or with what it says."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        """What is wrong, and where.

        Args:
            name: of the file.
            line: counted from 1; 0 for the whole file.
            reason: what was expected and found, and how to mend it.
        """
        where = f"{name}, line {line}" if line else name
        super().__init__(f"{where}: {reason}")
        self.line = line
        self.reason = reason


class BombError(YamlError):
    """There is more of a YAML file than anybody writes."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML file says."""

    name: str
    """The name of the file, for messages."""

    value: Any
    """`None` where it says nothing."""

    root: yaml.Node | None

    def line(self, *path: object) -> int:
        """The line of a value, counted from 1, or of the last thing on the way to it that is there.

        Args:
            path: keys and places in lists: `("extra", "papershelf", "cards")`, `(3, "phrases", 0)`;
                nothing for the beginning. 0 where not even the first is there.
        """
        if not self.root:
            return 0
        node, line = self.root, 0 if path else self.root.start_mark.line + 1
        for step in path:
            follow = _follow(node, step)
            if not follow:
                break
            line, node = follow
        return line


def _follow(node: yaml.Node, step: object) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in reversed(node.value):
            if isinstance(key, yaml.ScalarNode) and key.value == str(step):
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return value.start_mark.line + 1, value
    return None


def read(data: bytes, name: str, loader: Loader | None = None) -> Document:
    """What a YAML file says.

    Args:
        data: the file.
        name: of the file, for messages.
        loader: says what values are; by default text, numbers, true and false, lists and mappings.

    Raises:
        YamlError: it is no YAML, or more of it than is good for anybody.
    """
    text = _text(data, name)
    made = _guarded(loader or _Plain)
    try:
        _check_shape(text, name, made)
        reader = made(text)
        try:
            root = reader.get_single_node()
            if root is None:
                return Document(name, None, None)
            _check_values(root, name)
            return Document(name, reader.construct_document(root), root)
        finally:
            reader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = _folded(" ".join(filter(None, (error.context, error.problem))))
        raise YamlError(
            name, mark.line + 1 if mark else 0, f"expected YAML, found: {reason}. Mend it there."
        ) from None
    except yaml.YAMLError as error:
        raise YamlError(name, 0, f"expected YAML, found: {_folded(str(error))}.") from None


def _guarded(loader: Loader) -> Loader:
    """The loader, but that no value of it ends in an error of another kind, or is no text."""

    class Guarded(loader):  # type: ignore[misc]
        def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
            """Called by PyYAML for each value."""
            kind = node.tag.rpartition(":")[2]
            if kind in _SHORT and len(node.value) > LONGEST_NUMBER:
                found = f"expected at most {LONGEST_NUMBER} characters, found {len(node.value):,}"
                raise _mistake(node, f"in a value of the kind “{kind}”", found)
            try:
                value = super().construct_object(node, deep)
            except yaml.YAMLError:
                raise
            except Exception as error:  # whatever those raise who make values of text
                found = f"{type(error).__name__}: {error}"
                raise _mistake(node, f"a value that is none of the kind “{kind}”:", found) from None
            if isinstance(value, str) and (control := _NO_TEXT.search(value)):
                raise _mistake(node, "in a text", _no_text(control[0]))
            if isinstance(value, int) and value.bit_length() > 63:
                raise _mistake(node, None, "a number of more than 18 digits, which needs quotes")
            return value

    return Guarded


def _mistake(node: yaml.Node, context: str | None, problem: str) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(context, None, problem, node.start_mark)


_SHORT: Final = {"int", "float", "bool", "null", "timestamp"}


class _Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe, and fast where PyYAML has libyaml; without days."""

    yaml_implicit_resolvers: ClassVar = {
        first: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _text(data: bytes, name: str) -> str:
    if len(data) > LARGEST:
        raise YamlError(
            name, 0, f"expected at most {LARGEST // 2**20} MB of YAML, found more. Shorten it."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line(data[: error.start].decode("latin-1"))
        found = f"the byte 0x{data[error.start]:02X}"
        raise YamlError(name, line, f"expected UTF-8, found {found}. Save it as UTF-8.") from None
    if control := _NO_TEXT.search(text):
        reason = f"expected text, found {_no_text(control[0])}. Remove it."
        raise YamlError(name, _line(text[: control.start()]), reason)
    return text


def _line(before: str) -> int:
    """The line in which a text goes on."""
    return len(re.findall("\r\n|[\r\n\x85\u2028\u2029]", before)) + 1


_NO_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
"""Control characters, halves of characters, and what is none."""


def _no_text(found: str) -> str:
    return f"the character U+{ord(found):04X}, which is no text"


def _folded(text: str) -> str:
    return " ".join(text.split())[:200].rstrip(".")


def _check_shape(text: str, name: str, loader: Loader) -> None:
    """Refuse depth and more values than anybody writes, before anything is made of them."""
    depth = count = 0
    event: Any
    for event in yaml.parse(text, Loader=loader):
        count += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            reason = f"expected at most {DEEPEST} levels of YAML, found more. Write it flatter."
            raise BombError(name, event.start_mark.line + 1, reason)
        if count > MOST_VALUES:
            reason = f"expected at most {MOST_VALUES:,} values, found more. Shorten the file."
            raise BombError(name, event.start_mark.line + 1, reason)


def _check_values(root: yaml.Node, name: str) -> None:
    """Refuse keys that are there twice, and aliases that are bombs."""
    sizes: dict[int, tuple[int, int]] = {}

    def size(node: yaml.Node) -> tuple[int, int]:
        """How many values it is, and how many levels of them."""
        if isinstance(node, yaml.ScalarNode):
            return 1, 0
        if id(node) in sizes:
            return sizes[id(node)]
        sizes[id(node)] = MOST_VALUES, DEEPEST  # of what is in itself there is no end
        children = node.value
        if isinstance(node, yaml.MappingNode):
            _check_keys(node, name)
            children = [child for pair in node.value for child in pair]
        count, depth = 1, 1
        for child in children:
            more, levels = size(child)
            count, depth = count + more, max(depth, levels + 1)
            if count > MOST_VALUES or depth > DEEPEST:
                reason = (
                    f"expected aliases of at most {MOST_VALUES:,} values and {DEEPEST} levels, "
                    "found more. Write out what they are."
                )
                raise BombError(name, child.start_mark.line + 1, reason)
        sizes[id(node)] = count, depth
        return count, depth

    size(root)


def _check_keys(node: yaml.MappingNode, name: str) -> None:
    lines: dict[str, int] = {}
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE:
            line = key.start_mark.line + 1
            if key.value in lines:
                raise YamlError(
                    name,
                    line,
                    f"expected each key once, found {shown(key.value)!r}, which is in line "
                    f"{lines[key.value]} too. Join the two or remove one.",
                )
            lines[key.value] = line


_MERGE: Final = "tag:yaml.org,2002:merge"


def shown(value: object) -> str:
    """A value as a message shows it: in one line, and not for ever."""
    if value is None:
        return "nothing"
    if isinstance(value, dict | list | set | tuple):
        return {dict: "keys and values", list: "a list"}.get(type(value), "a set")
    text = " ".join(value.split()) if isinstance(value, str) else repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
