"""What can be done with a machine by way of the system's `ssh`, and what is to be said of it afterwards."""

from __future__ import annotations

from typing import Any

from textual.app import App

from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.system_ssh import command, command_line
from mooring.ui.handover.hand_over import ending_words, hand_over
from mooring.ui.notice import Notice
from mooring.ui.services import Services


def hand_over_to_ssh(app: App[Any], services: Services, machine: Machine) -> Notice:
    """Give the terminal to the system's ssh, and say how it ended, or why it was not possible.

    Reading ssh_config for the command line happens on the event loop: that stands still until ssh ends in any case.
    """
    program = services.find_ssh()
    if program is None:
        return Notice(services.without_ssh, is_warning=True)
    if machine.problem is not None:
        return Notice(f"{machine.name}: {machine.problem}", is_warning=True)
    try:
        result = hand_over(app, command(machine.target, program=program))
    except MooringError as error:
        return Notice(error.message, is_warning=True)
    return Notice(ending_words(machine.name, result), is_warning=result.exit_code != 0)


def ssh_line(machine: Machine) -> str | Notice:
    """The equal ssh command line, or why there is none. It may read ssh_config: call it in a thread."""
    try:
        return command_line(machine.target)
    except MooringError as error:
        return Notice(error.message, is_warning=True)
