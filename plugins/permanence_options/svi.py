"""Serveur vocal interactif (an IVR): its installation, once.

```toml
[option.svi]
price = "150.00"
```
"""

from permanence import Option, OptionKind, Words, frozen, hookimpl, key


@frozen(kw_only=True)
class Svi(Option):
    """The installation of an interactive voice server; its price falls due once."""

    id = "svi"
    label = Words("Installation d'un serveur vocal interactif (SVI)", "IVR installation")

    kind: OptionKind = key("How the price is charged.", default="one_off")


@hookimpl
def register_options() -> list[type[Option]]:
    return [Svi]
