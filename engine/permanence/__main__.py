"""``python -m permanence`` is ``permanence``."""

from .cli.main import main

if __name__ == "__main__":
    main()
