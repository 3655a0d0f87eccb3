"""Message de présentation avant décroché: its recording, once.

```toml
[option.announcement]
price = "60.00"
```
"""

from permanence import Option, OptionKind, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class Announcement(Option):
    """The recording of a message that callers hear before an agent answers."""

    id = "announcement"
    label = Words("Message de présentation avant décroché", "Pre-answer announcement")

    kind: OptionKind = key("How the price is charged.", default="one_off")


@hookimpl
def register_options() -> list[type[Option]]:
    return [Announcement]
