"""What a command on the month that runs is asked for: where everything is that it is counted from."""

from collections.abc import Callable
from typing import Any

from .sellers_in_use import sellers_read_option
from .typed import billing_option, calls_option, contracts_option, rules_option


def month_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return a command with options for its rules, contracts, sellers, bills and calls."""
    for option in (calls_option, billing_option, sellers_read_option, contracts_option, rules_option):
        command = option(command)
    return command
