"""`permanence.toml`: what one installation settles for itself."""

import os
from pathlib import Path

from attrs import evolve

from ..model.settings import SETTINGS_FILE, Settings
from .toml.located_toml import read_toml
from .toml.structure import structure


def settings_in(folder: Path) -> Settings:
    """Return what `permanence.toml` in a folder settles, and nothing where there is none.

    Raises Refused with everything that is wrong with it.
    """
    path = folder / SETTINGS_FILE
    if not os.path.lexists(path):
        return Settings()
    source = read_toml(path)
    settings: Settings = structure(source, Settings)
    return evolve(settings, places=source)
