"""What one installation settles for itself, in a file beside its rules and contracts."""

from typing import Literal

from attrs import frozen

from .keys import inner, key
from .problem import NoPlaces, Places

SETTINGS_FILE = "permanence.toml"


@frozen(kw_only=True)
class Settings:
    """The keys of `permanence.toml` in the folder in which commands are run."""

    without: tuple[str, ...] = key(
        "Plugins that are switched off, each by its distribution, or as `distribution:name`.",
        default=(),
        example=["permanence-saturday"],
    )
    files: Literal["private", "shared"] = key(
        "Who may read the files and databases that commands make: their owner alone, or whom the system's own `umask` "
        "lets. Files that are there keep their rights.",
        default="private",
    )
    places: Places = inner(default=NoPlaces(SETTINGS_FILE), eq=False)
