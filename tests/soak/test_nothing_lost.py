"""The short form of `make soak`: nothing is lost at any call of three commands, and every input has an answer."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="the layer is loaded before the C library")
@pytest.mark.parametrize("what", ["faults", "inputs"])
def test_nothing_is_lost_by_kills_and_odd_inputs(what: str) -> None:
    path = f"{ROOT / 'engine'}:{ROOT / 'plugins'}:{ROOT}"
    words = [sys.executable, "-m", "tests.soak", "--short", what]
    env = {**os.environ, "PYTHONPATH": path}
    ended = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert re.search(r"together +\|(.*)\| +0 \|", ended.stdout), ended.stdout
