"""Our own plugins, registered by name: tests never depend on what else is installed."""

from permanence.plugin_manager import Plugins
from permanence_options import (
    announcement,
    appointments,
    bilingual,
    callback,
    escalation,
    night_duty,
    outgoing_calls,
    round_the_clock,
    shared_agenda,
    sms,
    svi,
    transfer,
)

PLUGINS = Plugins.of(
    announcement,
    appointments,
    bilingual,
    callback,
    escalation,
    night_duty,
    outgoing_calls,
    round_the_clock,
    shared_agenda,
    sms,
    svi,
    transfer,
)
