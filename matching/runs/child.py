"""The engine in a process of its own: OR-tools holds the interpreter lock while it solves, and a heart must beat."""

import json
import selectors
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import IO, Any

from django.conf import settings

Beat = Callable[[dict[str, Any] | None], None]


class EngineCrashed(Exception):
    pass


def run_engine(command: str, document: dict[str, Any], *, beat: Beat, every: float) -> dict[str, Any]:
    """Run `python -m matching.engine COMMAND`; `beat` gets each progress line, and None after `every` silent
    seconds. What `beat` raises ends the child."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        source.write(json.dumps(document).encode())
        source.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-m", "matching.engine", command],
            stdin=source,
            stdout=answer,
            stderr=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            bufsize=0,  # lines kept in a buffer would not wake the selector
        )
        try:
            noise = _listen(child, beat, every)
        except BaseException:
            child.kill()
            child.wait()
            raise
        answer.seek(0)
        output = answer.read()
    if child.returncode not in (0, 1) or not output:
        raise EngineCrashed(f"exit {child.returncode}: {noise[-500:]}")
    document_out: dict[str, Any] = json.loads(output)
    return document_out


def _listen(child: "subprocess.Popen[bytes]", beat: Beat, every: float) -> str:
    """Read progress lines until the child closes its standard error; anything else it wrote comes back."""
    stream: IO[bytes] | None = child.stderr
    if stream is None:
        raise EngineCrashed("no standard error")
    noise: list[str] = []
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            if not selector.select(timeout=every):
                beat(None)
                continue
            line = stream.readline()
            if not line:
                break
            progress = _progress(line)
            if progress is None:
                noise.append(line.decode(errors="replace"))
            else:
                beat(progress)
    stream.close()
    child.wait()
    return "".join(noise)


def _progress(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "stage" in found else None
